import { z } from "zod";
import type { Failure } from "../error.ts";
import { fail, ok, type Result } from "../result.ts";

/** Per-use parameters of the kinds that work on a stretch of the source. Negative: counted from the end. */
export const timeRangeFields = {
  startOffsetSeconds: z.number().min(-604_800).max(604_800).default(0).meta({ unit: "s" }),
  endOffsetSeconds: z.number().min(-604_800).max(604_800).default(0).meta({ unit: "s" }),
};

interface Offsets {
  startOffsetSeconds: number;
  /** 0: the end. */
  endOffsetSeconds: number;
}

export interface TimeRange {
  startSeconds: number;
  durationSeconds: number;
  /** The whole source: nothing to seek to and nothing to cut. */
  whole: boolean;
}

/** An end beyond the source is its end; a range that is empty or starts outside the source is refused. */
export function timeRangeOf(offsets: Offsets, sourceSeconds: number): Result<TimeRange, Failure> {
  const { startOffsetSeconds: start, endOffsetSeconds: end } = offsets;
  const startSeconds = start < 0 ? sourceSeconds + start : start;
  const endSeconds = Math.min(sourceSeconds, end > 0 ? end : sourceSeconds + end);
  if (startSeconds < 0 || startSeconds >= endSeconds) {
    return fail({ code: "INVALID_TIME_OFFSET", detail: `${start} to ${end} of ${sourceSeconds} s` });
  }
  const whole = startSeconds === 0 && endSeconds === sourceSeconds;
  return ok({ startSeconds, durationSeconds: endSeconds - startSeconds, whole });
}
