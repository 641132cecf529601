/**
 * What the console's pages may load: our own files, and of scripts only those that carry this answer's nonce or were
 * loaded by one that does. hls.js plays from `blob:` addresses and works in a worker made of one.
 */
export function contentSecurityPolicy(nonce: string, { development }: { development: boolean }): string {
  // React's error overlay evaluates code and the reloader opens a socket; both exist in development only.
  const [evaluate, socket] = development ? [" 'unsafe-eval'", " ws:"] : ["", ""];
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    // Positioned menus and toasts style themselves inline.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    `connect-src 'self'${socket}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
