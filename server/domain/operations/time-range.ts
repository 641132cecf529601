import { z } from "zod";
import type { Failure } from "../error.ts";
import { fail, ok, type Result } from "../result.ts";

const seconds = z.number().min(-604_800).max(604_800).default(0).meta({ unit: "s", section: "stretch" });
const percent = z.number().min(-100).max(100).default(0).meta({ unit: "%", section: "stretch" });

/**
 * Per-use parameters of the kinds that work on a stretch of the source. Negative: counted from the end. Start and end are
 * said in seconds or as a share of the source's duration, each as it suits. What is made of a stretch has a time line of
 * its own, which begins at 0; a point of time in a parameter or a fact (`positions`, `atSeconds`) is one of the source.
 */
export const timeRangeFields = {
  startOffsetSeconds: seconds,
  endOffsetSeconds: seconds,
  startOffsetPercent: percent,
  endOffsetPercent: percent,
};

export interface Offsets {
  startOffsetSeconds: number;
  /** 0: the end. */
  endOffsetSeconds: number;
  startOffsetPercent: number;
  endOffsetPercent: number;
}

export function refuseTwoOffsets(offsets: Offsets, context: z.core.$RefinementCtx): void {
  const { startOffsetSeconds, endOffsetSeconds, startOffsetPercent, endOffsetPercent } = offsets;
  const refuse = (field: keyof Offsets, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  if (startOffsetSeconds !== 0 && startOffsetPercent !== 0) refuse("startOffsetPercent", "secondsOrPercent");
  if (endOffsetSeconds !== 0 && endOffsetPercent !== 0) refuse("endOffsetPercent", "secondsOrPercent");
}

/** What is said at a use of a kind whose only such parameters these are. */
export const timeRangeParams = z.strictObject(timeRangeFields).superRefine(refuseTwoOffsets);

export interface TimeRange {
  startSeconds: number;
  durationSeconds: number;
  /** The whole source: nothing to seek to and nothing to cut. */
  whole: boolean;
}

/** An end beyond the source is its end; a range that is empty or starts outside the source is refused. */
export function timeRangeOf(offsets: Offsets, sourceSeconds: number): Result<TimeRange, Failure> {
  const start = offsets.startOffsetSeconds || (offsets.startOffsetPercent / 100) * sourceSeconds;
  const end = offsets.endOffsetSeconds || (offsets.endOffsetPercent / 100) * sourceSeconds;
  // A still picture has no stretches, and is whole.
  if (sourceSeconds === 0 && start === 0 && end === 0) return ok({ startSeconds: 0, durationSeconds: 0, whole: true });
  const startSeconds = start < 0 ? sourceSeconds + start : start;
  const endSeconds = Math.min(sourceSeconds, end > 0 ? end : sourceSeconds + end);
  if (startSeconds < 0 || startSeconds >= endSeconds) {
    return fail({ code: "INVALID_TIME_OFFSET", detail: `${start} to ${end} of ${sourceSeconds} s` });
  }
  const whole = startSeconds === 0 && endSeconds === sourceSeconds;
  return ok({ startSeconds, durationSeconds: endSeconds - startSeconds, whole });
}
