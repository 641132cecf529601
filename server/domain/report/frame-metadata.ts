/** Reads what ffmpeg's filters `metadata` and `ametadata` print: a line for each frame, then its values, one a line. */
import type { ScratchFiles } from "./scratch-files.ts";

export interface FrameMetadata {
  seconds: number;
  /** By their names without `lavfi.`. */
  values: ReadonlyMap<string, string>;
}

export async function* readFrameMetadata(files: ScratchFiles, name: string): AsyncGenerator<FrameMetadata> {
  let seconds: number | null = null;
  let values = new Map<string, string>();
  for await (const line of files.lines(name)) {
    const time = /^frame:\d+ +pts:\S+ +pts_time:(\S+)/.exec(line)?.[1];
    if (time !== undefined) {
      if (seconds !== null) yield { seconds, values };
      seconds = numberIn(time);
      values = new Map();
      continue;
    }
    const equals = line.indexOf("=");
    if (line.startsWith("lavfi.") && equals > 0)
      values.set(line.slice("lavfi.".length, equals), line.slice(equals + 1));
  }
  if (seconds !== null) yield { seconds, values };
}

/** ffmpeg prints `nan` and `inf` where there is nothing to measure. */
export function numberIn(text: string | undefined): number | null {
  const value = Number(text ?? "");
  return text === undefined || text === "" || !Number.isFinite(value) ? null : value;
}
