import { hkdfSync } from "node:crypto";

/**
 * A 256-bit key for one purpose, from the one secret of the installation. Knowing the key of one purpose tells nothing
 * about another's, so a leaked file link key opens no sessions.
 */
export function deriveKey(
  secretKey: string,
  purpose:
    | "sessions"
    | "file links"
    | "set-up link"
    | "API secrets"
    | "content keys"
    | "endpoint secrets"
    | "uploads"
    | "pull addresses",
): Buffer {
  return Buffer.from(hkdfSync("sha256", secretKey, "", `reelflow ${purpose}`, 32));
}
