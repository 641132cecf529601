import { z } from "zod";
import { deriveKey } from "../derive-key.ts";
import { seal, unseal } from "../seal.ts";

const addresses = z.strictObject({ url: z.string(), coverUrl: z.string().optional() });
export type PullAddresses = z.output<typeof addresses>;

/** Addresses often carry what opens them, so they are kept as secrets are. */
export function sealAddresses(secretKey: string, uploadId: string, content: PullAddresses): Buffer<ArrayBuffer> {
  return seal(deriveKey(secretKey, "pull addresses"), uploadId, Buffer.from(JSON.stringify(content)));
}

/** Null when they were sealed under another SECRET_KEY. */
export function openAddresses(secretKey: string, uploadId: string, sealed: Uint8Array): PullAddresses | null {
  const opened = unseal(deriveKey(secretKey, "pull addresses"), uploadId, sealed);
  return opened === null ? null : addresses.parse(JSON.parse(opened.toString("utf8")));
}
