import { deriveKey } from "../derive-key.ts";
import { seal, unseal } from "../seal.ts";

export function encryptSecret(secretKey: string, keyId: string, secret: string): Buffer<ArrayBuffer> {
  return seal(deriveKey(secretKey, "API secrets"), keyId, Buffer.from(secret));
}

/** Null when it was encrypted under another SECRET_KEY, for another key, or was tampered with. */
export function decryptSecret(secretKey: string, keyId: string, stored: Uint8Array): string | null {
  return unseal(deriveKey(secretKey, "API secrets"), keyId, stored)?.toString("utf8") ?? null;
}
