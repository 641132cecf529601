import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FinishedFiles } from "#domain/manifest/finished-files.ts";

export function finishedFiles(outputDir: string): FinishedFiles {
  return {
    text: (name) => readFile(join(outputDir, name), "utf8"),
    sizeOf: async (name) => (await stat(join(outputDir, name))).size,
    head: async (name, bytes) => {
      const file = await open(join(outputDir, name));
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}
