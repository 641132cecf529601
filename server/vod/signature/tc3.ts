/** TC3-HMAC-SHA256, as the vendor's clients really compute it. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface Tc3Authorization {
  keyId: string;
  /** `2023-11-14`, of the timestamp in UTC. */
  date: string;
  /** Clients take whatever stands before the first dot of the endpoint: `vod`, `127`, `localhost:8080`. */
  service: string;
  /** Lower-case names, in the order they were signed. */
  signedHeaders: string[];
  signature: string;
}

const FORM =
  /^TC3-HMAC-SHA256 +Credential=([^/\s]{1,200})\/(\d{4}-\d\d-\d\d)\/([^\s,]{1,200})\/tc3_request, *SignedHeaders=([\w;-]{1,1000}), *Signature=([0-9a-f]{64})$/;

export function parseTc3(authorization: string): Tc3Authorization | null {
  const [, keyId, date, service, names, signature] = FORM.exec(authorization) ?? [];
  if (keyId === undefined || date === undefined || service === undefined || signature === undefined) return null;
  const signedHeaders = (names ?? "").toLowerCase().split(";");
  // Whoever could change these could send the request elsewhere, or have its body read as something else.
  return ["host", "content-type"].every((name) => signedHeaders.includes(name))
    ? { keyId, date, service, signedHeaders, signature }
    : null;
}

export interface Tc3Request {
  method: string;
  path: string;
  query: string;
  headers: Headers;
  /** The exact bytes; none for GET. */
  body: Uint8Array;
  timestamp: string;
  /** Any of these may have been signed. */
  hosts: readonly string[];
}

export function isSignedBy(secret: string, authorization: Tc3Authorization, request: Tc3Request): boolean {
  const { date, service, signature } = authorization;
  const given = Buffer.from(signature, "hex");
  const key = hmac(hmac(hmac(`TC3${secret}`, date), service), "tc3_request");
  const bodyHash = sha256(request.body);
  return request.hosts.some((host) => {
    const canonical = sha256(canonicalRequest(authorization, request, host, bodyHash));
    const text = `TC3-HMAC-SHA256\n${request.timestamp}\n${date}/${service}/tc3_request\n${canonical}`;
    return timingSafeEqual(given, hmac(key, text));
  });
}

export function canonicalRequest(
  { signedHeaders }: Pick<Tc3Authorization, "signedHeaders">,
  { method, path, query, headers }: Pick<Tc3Request, "method" | "path" | "query" | "headers">,
  host: string,
  bodyHash: string,
): string {
  const values = signedHeaders.map((name) => `${name}:${name === "host" ? host : (headers.get(name) ?? "").trim()}\n`);
  return [method, path, query, values.join(""), signedHeaders.join(";"), bodyHash].join("\n");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}
