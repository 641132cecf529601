/** A request as it came, whoever received it. */
export interface VodRequest {
  method: string;
  /** As the caller wrote and signed it, whatever we made of it since. */
  path: string;
  /** Without the question mark, neither decoded nor sorted. */
  query: string;
  headers: Headers;
  /** Null when there is more than that. */
  readBody: (bytesMax: number) => Promise<Uint8Array | null>;
  signal: AbortSignal;
}

/**
 * The names a caller may have signed as the host: what the request was sent to, without its port, as the vendor's clients do,
 * and with it; and the same of our public address, for when a proxy in front of us names another.
 */
export function hostsOf({ headers }: Pick<VodRequest, "headers">, publicUrl: string): string[] {
  const hosts = [headers.get("host") ?? "", new URL(publicUrl).host];
  return [...new Set(hosts.flatMap((host) => [host.replace(/:\d+$/, ""), host]))].filter((host) => host !== "");
}
