import type { Failure } from "../error.ts";
import { chain, filter, numberText } from "../ffmpeg/filter.ts";
import { HELD_FRAMES } from "../ffmpeg/held-frames.ts";
import { isIndexed } from "../ffmpeg/seek.ts";
import type { MediaInfo, VideoStream } from "../media.ts";
import type { CommandOutput } from "../plan.ts";
import { fail, ok, type Result } from "../result.ts";
import { type Interval, intervalSecondsOf } from "./interval.ts";

/** More pictures of one media than this are a mistake in the interval, not a wish. */
const SAMPLES_MAX = 20_000;

export interface Sampling {
  intervalSeconds: number;
  /** Picture k shows second k × interval. */
  count: number;
}

/** Pictures at 0, 1, 2 … intervals, as long as they are before the end: 10 % gives ten, at 0 % to 90 %. */
export function samplingOf(wish: Interval, sourceSeconds: number): Result<Sampling, Failure> {
  if (sourceSeconds === 0) return ok({ intervalSeconds: 1, count: 1 });
  const intervalSeconds = intervalSecondsOf(wish, sourceSeconds);
  // Of 100 % / 10 % the division may leave 10.000000000000002: the eleventh picture would lie at the very end.
  const count = Math.max(1, Math.ceil(sourceSeconds / intervalSeconds - 1e-6));
  if (count > SAMPLES_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `interval: ${count} > ${SAMPLES_MAX} pictures` });
  return ok({ intervalSeconds, count });
}

/** The filter that gives picture k at second k × interval, and exactly `count` pictures. */
export function samplingFilter({ intervalSeconds, count }: Sampling): string {
  return chain([
    HELD_FRAMES,
    // Without round=up, fps takes the nearest frame, and every picture shows half an interval too late. Streams may start
    // a little late: without start_time the first picture would be that of one interval later.
    filter("fps", { fps: `1/${numberText(intervalSeconds)}`, round: "up", start_time: 0 }),
    filter("trim", { end_frame: count }),
  ]);
}

/**
 * From here on it is quicker to seek to each picture than to decode everything between them (measured at 1080p, key
 * frames 10 s apart: 0.4 s for a seek, 0.06 s for a second of video). Shorter media take seconds either way, and one
 * command is easier to read than dozens; formats without an index cannot seek cheaply.
 */
export function seekingPays({ intervalSeconds }: Sampling, media: MediaInfo): boolean {
  return intervalSeconds >= 10 && media.durationSeconds >= 300 && isIndexed(media);
}

/**
 * Writes nothing. ffmpeg reports its progress by what it has written, and pictures are written rarely (a sheet: once per
 * hundred tiles); copying the packets to nowhere costs nothing and tells how far it has read.
 */
export function progressOutput(video: VideoStream): CommandOutput {
  return { path: "-", options: ["-map", `0:${video.index}`, "-c", "copy", "-f", "null"] };
}
