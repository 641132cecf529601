import { z } from "zod";
import type { Failure } from "../error.ts";
import { type TimeRange, timeRangeOf } from "../operations/time-range.ts";
import type { Result } from "../result.ts";
import type { TimeLine } from "./canvas.ts";

const SPAN_MAX = 604_800;

/** When something is to be seen. Negative: counted from the end; an end of 0 is the end. */
export const span = z
  .strictObject({
    start: z.number().min(-SPAN_MAX).max(SPAN_MAX).default(0),
    end: z.number().min(-SPAN_MAX).max(SPAN_MAX).default(0),
    unit: z.enum(["seconds", "percent"]).default("seconds"),
  })
  .superRefine(({ unit, start, end }, context) => {
    if (unit === "seconds") return;
    for (const [path, value] of Object.entries({ start, end }))
      if (Math.abs(value) > 100) context.addIssue({ code: "custom", path: [path], message: "percentOver100" });
  });
export type Span = z.output<typeof span>;

/** The stretch of a time line that a span means. */
export function spanOn({ unit, start, end }: Span, { durationSeconds }: TimeLine): Result<TimeRange, Failure> {
  const inSeconds = { startOffsetSeconds: start, endOffsetSeconds: end, startOffsetPercent: 0, endOffsetPercent: 0 };
  const inPercent = { startOffsetSeconds: 0, endOffsetSeconds: 0, startOffsetPercent: start, endOffsetPercent: end };
  return timeRangeOf(unit === "seconds" ? inSeconds : inPercent, durationSeconds);
}

/** True while a frame is within the range, as an expression of filters; null where every frame is. */
export function duringText(
  { startSeconds, durationSeconds, whole }: TimeRange,
  { startsAtSeconds }: TimeLine,
): string | null {
  if (whole) return null;
  const from = timeText(startsAtSeconds + startSeconds);
  const to = timeText(startsAtSeconds + startSeconds + durationSeconds);
  // Not between(t,…), which counts the frame at its end as well.
  return `gte(t,${from})*lt(t,${to})`;
}

/** Filters count time in fractions of their own: half a millisecond less, so that the frame at this very time is in. */
function timeText(seconds: number): string {
  return (seconds - 0.0005).toFixed(4);
}
