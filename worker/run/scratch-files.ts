import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ScratchFiles } from "#domain/report/scratch-files.ts";
import { ifThere } from "./if-there.ts";

export function scratchFiles(scratchDir: string): ScratchFiles {
  return {
    async *lines(name) {
      const path = join(scratchDir, name);
      // A filter that noticed nothing has opened its file all the same; a stream that gave nothing has none.
      if ((await ifThere(stat(path))) === null) return;
      yield* createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
    },
  };
}
