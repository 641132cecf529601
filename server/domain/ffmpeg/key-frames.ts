import { INPUT_FENCE } from "./argv.ts";

/** Where a video can be cut without encoding it anew. */
export interface KeyFrames {
  /** From the beginning of the media, in order. */
  seconds: readonly number[];
  /** No frame refers across a key frame, so that a player may begin at any of them. */
  closed: boolean;
}

/** What ffprobe is asked, before the path. It reads the whole file, and decodes nothing. */
export function keyFramesArgs(streamIndex: number): string[] {
  return [
    ...["-hide_banner", "-loglevel", "error"],
    ...INPUT_FENCE,
    ...["-select_streams", String(streamIndex)],
    ...["-show_entries", "packet=pts_time,flags:format=start_time", "-print_format", "csv"],
  ];
}

/** Reads its lines, `packet,1.200000,K_`, and `format,0.000000` at the end. Null where a time is missing. */
export function parseKeyFrames(csv: string): KeyFrames | null {
  const start = Number(/^format,([\d.-]+)/m.exec(csv)?.[1]);
  if (Number.isNaN(start)) return null;
  const seconds: number[] = [];
  let closed = true;
  for (const [, time, flags = ""] of csv.matchAll(/^packet,([^,]*),(\S*)/gm)) {
    const at = Number(time) - start;
    if (Number.isNaN(at)) return null;
    if (flags.startsWith("K")) seconds.push(at);
    // Stored behind a key frame and shown before it: it needs what stood before, too.
    else if (at < (seconds.at(-1) ?? Infinity)) closed = false;
  }
  return { seconds, closed };
}
