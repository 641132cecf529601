/** Reads what ffmpeg's `framecrc` muxer writes: one line for each packet or frame of a stream. */
import type { ScratchFiles } from "./scratch-files.ts";

export interface FrameTime {
  startSeconds: number;
  durationSeconds: number;
  /** When it is to be decoded. */
  decodeSeconds: number;
  key: boolean;
  corrupt: boolean;
  /** To be decoded and not shown, such as the first packet of AAC. */
  discarded: boolean;
}

/** `AV_PKT_FLAG_…` of libavcodec/packet.h. */
const KEY = 1;
const CORRUPT = 2;
const DISCARD = 4;

/** Stream, decoding time, time, duration, size, checksum; flags where they are not just those of a key frame. */
const LINE = /^0, *(-?\d+|NOPTS), *(-?\d+|NOPTS), *(\d+), *\d+, *0x[0-9a-f]+(?:, *F=0x([0-9A-F]+))?/;

/** In the order of the file: packets in that of decoding, frames in that of showing. */
export async function* readFrameTimes(files: ScratchFiles, name: string): AsyncGenerator<FrameTime> {
  let tick = 0;
  for await (const line of files.lines(name)) {
    const base = /^#tb 0: (\d+)\/(\d+)/.exec(line);
    if (base !== null) tick = Number(base[1]) / Number(base[2]);
    const found = LINE.exec(line);
    if (found === null) continue;
    const [, decode = "", shown = "", duration = "", flagText] = found;
    const start = Number(shown === "NOPTS" ? decode : shown);
    if (!Number.isFinite(start)) continue;
    const flags = flagText === undefined ? KEY : Number.parseInt(flagText, 16);
    yield {
      startSeconds: start * tick,
      durationSeconds: Number(duration) * tick,
      decodeSeconds: (decode === "NOPTS" ? start : Number(decode)) * tick,
      key: (flags & KEY) !== 0,
      corrupt: (flags & CORRUPT) !== 0,
      discarded: (flags & DISCARD) !== 0,
    };
  }
}

export function endOf({ startSeconds, durationSeconds }: FrameTime): number {
  return startSeconds + durationSeconds;
}

/** The usual distance between two of them; 0 when there are not two. */
export function spacingOf(times: readonly FrameTime[]): number {
  const starts = times.map(({ startSeconds }) => startSeconds).sort((a, b) => a - b);
  const distances = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
}
