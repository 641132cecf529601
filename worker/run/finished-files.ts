import { createDecipheriv } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FinishedFiles } from "#domain/manifest/finished-files.ts";
import { segmentVector } from "#domain/modifiers/encryption/encrypt.ts";

/** `contentKey`: what their segments were encrypted with, if they were. */
export function finishedFiles(outputDir: string, contentKey?: Buffer): FinishedFiles {
  return {
    text: (name) => readFile(join(outputDir, name), "utf8"),
    sizeOf: async (name) => (await stat(join(outputDir, name))).size,
    head: async (name, bytes) => {
      const file = await open(join(outputDir, name));
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        const head = buffer.subarray(0, bytesRead);
        return contentKey === undefined ? head : decryptHead(head, contentKey, segmentVector(name));
      } finally {
        await file.close();
      }
    },
  };
}

/** Only the end of a whole segment is padded, and what is read of its beginning is whole blocks. */
function decryptHead(head: Buffer, key: Buffer, vector: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-128-cbc", key, vector).setAutoPadding(false);
  return Buffer.concat([decipher.update(head), decipher.final()]);
}
