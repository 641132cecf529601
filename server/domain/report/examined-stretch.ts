import type { Failure } from "../error.ts";
import { filter, numberText } from "../ffmpeg/filter.ts";
import { seekTo } from "../ffmpeg/seek.ts";
import type { MediaInfo } from "../media.ts";
import { type Offsets, timeRangeOf } from "../operations/time-range.ts";
import { fail, ok, type Result } from "../result.ts";
import type { CheckedStream, Finding } from "./report.ts";

/** What of a media is looked at. All but `readFrom` is on the source's time line, as everything in a report. */
export interface ExaminedStretch {
  startSeconds: number;
  endSeconds: number;
  whole: boolean;
  /** Reading begins here, which is 0 in the files that the commands write. */
  readFromSeconds: number;
  /** Options of the input. */
  input: readonly string[];
  /** Filters that drop the frames read before the stretch; null where there are none. */
  trimPicture: string | null;
  trimSound: string | null;
}

export function examinedStretchOf(offsets: Offsets, media: MediaInfo): Result<ExaminedStretch, Failure> {
  if (media.durationSeconds === 0) return fail({ code: "NO_DURATION", detail: media.formatName });
  const range = timeRangeOf(offsets, media.durationSeconds);
  if (!range.ok) return range;
  const { startSeconds, durationSeconds, whole } = range.value;
  const { input, surplusSeconds } = seekTo(startSeconds, media);
  const endSeconds = startSeconds + durationSeconds;
  // To the end means as far as there is something, whatever the container says of its length.
  const toTheEnd = endSeconds >= media.durationSeconds;
  const trim = (name: "trim" | "atrim") =>
    surplusSeconds === 0 ? null : filter(name, { start: numberText(surplusSeconds) });
  return ok({
    ...{ startSeconds, endSeconds, whole, readFromSeconds: startSeconds - surplusSeconds },
    input: [...input, ...(toTheEnd ? [] : ["-t", numberText(surplusSeconds + durationSeconds)])],
    ...{ trimPicture: trim("trim"), trimSound: trim("atrim") },
  });
}

/** What was found at seconds of what was read, at those of the source. */
export function onSourceTime<T extends Pick<Finding, "startSeconds" | "endSeconds">>(
  found: T,
  { readFromSeconds }: ExaminedStretch,
): T {
  const { startSeconds, endSeconds } = found;
  return { ...found, startSeconds: readFromSeconds + startSeconds, endSeconds: readFromSeconds + endSeconds };
}

/** How far a stream reaches on the source's time line: nothing of it may be where the stretch begins. */
export function reachedOnSource(
  stream: CheckedStream,
  { startSeconds, readFromSeconds }: ExaminedStretch,
): CheckedStream {
  const decodedSeconds = stream.frames === 0 ? startSeconds : readFromSeconds + stream.decodedSeconds;
  return { ...stream, decodedSeconds };
}
