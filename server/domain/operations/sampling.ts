import type { Failure } from "../error.ts";
import { chain, filter, numberText } from "../ffmpeg/filter.ts";
import { HELD_FRAMES } from "../ffmpeg/held-frames.ts";
import { isIndexed, type Seek, seekTo } from "../ffmpeg/seek.ts";
import type { MediaInfo, VideoStream } from "../media.ts";
import type { Command, CommandOutput, PlanContext } from "../plan.ts";
import { fail, ok, type Result } from "../result.ts";
import { type Interval, intervalSecondsOf } from "./interval.ts";
import { type Offsets, type TimeRange, timeRangeOf } from "./time-range.ts";

/** More pictures of one media than this are a mistake in the interval, not a wish. */
const SAMPLES_MAX = 20_000;

export interface Sampling {
  stretch: TimeRange;
  intervalSeconds: number;
  count: number;
}

/**
 * Pictures at 0, 1, 2 … intervals of a stretch, as long as they are before its end: 10 % gives ten, at 0 % to 90 %, of
 * whatever stretch.
 */
export function samplingOf(wish: Offsets & { interval: Interval }, sourceSeconds: number): Result<Sampling, Failure> {
  const range = timeRangeOf(wish, sourceSeconds);
  if (!range.ok) return range;
  const stretch = range.value;
  if (sourceSeconds === 0) return ok({ stretch, intervalSeconds: 1, count: 1 });
  const intervalSeconds = intervalSecondsOf(wish.interval, stretch.durationSeconds);
  // Of 100 % / 10 % the division may leave 10.000000000000002: the eleventh picture would lie at the very end.
  const count = Math.max(1, Math.ceil(stretch.durationSeconds / intervalSeconds - 1e-6));
  if (count > SAMPLES_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `interval: ${count} > ${SAMPLES_MAX} pictures` });
  return ok({ stretch, intervalSeconds, count });
}

/** The second of the source that picture k shows. */
export function secondOfPicture({ stretch, intervalSeconds }: Sampling, index: number): number {
  return stretch.startSeconds + index * intervalSeconds;
}

/** The filter that gives picture k at k intervals after the stretch's start, and exactly `count` pictures. */
function samplingFilter({ stretch, intervalSeconds, count }: Sampling, { surplusSeconds }: Seek): string {
  return chain([
    HELD_FRAMES,
    // Among what was decoded before the start is the frame that is still on screen there.
    ...(stretch.startSeconds > 0
      ? [filter("trim", { start: numberText(surplusSeconds) }), filter("setpts", ["PTS-STARTPTS"])]
      : []),
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
export function seekingPays({ intervalSeconds, stretch }: Sampling, media: MediaInfo): boolean {
  return intervalSeconds >= 10 && stretch.durationSeconds >= 300 && isIndexed(media);
}

/** Pictures to write: what is done with the frames of their times, and how the files are encoded. */
export interface SampledPictures {
  path: string;
  steps: string;
  options: readonly string[];
}

/**
 * All pictures from one decoding of the stretch. Decoding only key frames would be many times quicker, but each picture
 * would show the key frame before its time, seconds off.
 */
export function sampledInOnePass(
  { media, inputPath }: PlanContext,
  video: VideoStream,
  sampling: Sampling,
  ...pictures: readonly SampledPictures[]
): Command {
  const { startSeconds, durationSeconds, whole } = sampling.stretch;
  // After the picture's end there is nothing to seek to; its last frame stays.
  const seek = seekTo(Math.min(startSeconds, video.durationSeconds ?? media.durationSeconds), media);
  const readSeconds = seek.surplusSeconds + durationSeconds;
  const progress = progressOutput(video);
  const outputs = pictures.map(({ path, steps, options }): CommandOutput => {
    // Pictures have no times of their own to keep to.
    const written = ["-fps_mode", "passthrough", ...options, "-f", "image2"];
    const look = chain([samplingFilter(sampling, seek), steps]);
    return { path, options: ["-map", `0:${video.index}`, "-filter:v", look, ...written] };
  });
  return {
    // Keep what is decoded from the key frame on.
    inputs: [{ path: inputPath, options: seek.input.length === 0 ? [] : ["-noaccurate_seek", ...seek.input] }],
    globals: [],
    outputs: [
      ...outputs,
      // Without a limit it would read on to the end of the source.
      whole ? progress : { ...progress, options: ["-t", numberText(readSeconds), ...progress.options] },
    ],
    expectedSeconds: readSeconds,
  };
}

/**
 * Writes nothing. ffmpeg reports its progress by what it has written, and pictures are written rarely (a sheet: once per
 * hundred tiles); copying the packets to nowhere costs nothing and tells how far it has read.
 */
export function progressOutput(video: VideoStream): CommandOutput {
  return { path: "-", options: ["-map", `0:${video.index}`, "-c", "copy", "-f", "null"] };
}
