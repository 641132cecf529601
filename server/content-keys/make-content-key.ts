import { randomBytes } from "node:crypto";
import { deriveKey } from "../derive-key.ts";
import { newId } from "../domain/id.ts";
import { seal } from "../seal.ts";

/** A key as it may be stored: without SECRET_KEY nobody reads it. */
export interface SealedContentKey {
  id: string;
  sealed: Buffer<ArrayBuffer>;
}

const AES_128_BYTES = 16;

/** A new key for one execution of one subtask. `bytes` are for ffmpeg's key file and for nothing else. */
export function makeContentKey(secretKey: string): { bytes: Buffer; stored: SealedContentKey } {
  const id = newId();
  const bytes = randomBytes(AES_128_BYTES);
  return { bytes, stored: { id, sealed: seal(deriveKey(secretKey, "content keys"), id, bytes) } };
}
