/** AES-256-GCM over an API secret: 12 bytes of nonce, 16 of tag, then the text. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey } from "../derive-key.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `keyId` is bound in: a cipher text copied to another key's row does not open there. */
export function encryptSecret(secretKey: string, keyId: string, secret: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(secretKey, "API secrets"), nonce);
  cipher.setAAD(Buffer.from(keyId));
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Null when it was encrypted under another SECRET_KEY, for another key, or was tampered with. */
export function decryptSecret(secretKey: string, keyId: string, stored: Uint8Array): string | null {
  const nonce = stored.subarray(0, NONCE_BYTES);
  const tag = stored.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv("aes-256-gcm", deriveKey(secretKey, "API secrets"), nonce, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(keyId));
    decipher.setAuthTag(tag);
    const text = stored.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
  } catch {
    // GCM says no more than "does not authenticate", and nothing here depends on why.
    return null;
  }
}
