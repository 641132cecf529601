/**
 * Whether one of our own pages sent this request. Browsers attach a session's cookie to requests other sites make; what
 * those cannot do is forge these headers. Over plain http on a LAN address only `Origin` is sent, so it must do alone:
 * it has to name the host the request came to, or PUBLIC_URL when a proxy rewrites the host. That lets the console be
 * used under every name and address of the machine without a list of them.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  // A page in a sandbox, or one that hides where it is.
  if (origin === null || !URL.canParse(origin)) return site === "same-origin" && origin === null;
  const { host } = new URL(origin);
  return host === headers.get("host") || origin === new URL(publicUrl).origin;
}

/** Forms of other sites cannot send JSON, so asking for it is a second lock on the same door. */
export function isJson(headers: Headers): boolean {
  return headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() === "application/json";
}
