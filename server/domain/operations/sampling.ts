import { z } from "zod";
import type { Failure } from "../error.ts";
import { fail, ok, type Result } from "../result.ts";
import { TIME_UNITS } from "./position.ts";

/** The distance between two pictures taken at regular times. The first is always the first frame. */
export const interval = z
  .strictObject({
    unit: z.enum(TIME_UNITS).default("percent"),
    value: z.number().min(0.1).max(86_400).default(10),
  })
  .refine(({ unit, value }) => unit === "seconds" || value <= 100, { path: ["value"], message: "percentOver100" });
export type Interval = z.output<typeof interval>;

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
  const intervalSeconds = wish.unit === "percent" ? (wish.value / 100) * sourceSeconds : wish.value;
  // Of 100 % / 10 % the division may leave 10.000000000000002: the eleventh picture would lie at the very end.
  const count = Math.max(1, Math.ceil(sourceSeconds / intervalSeconds - 1e-6));
  if (count > SAMPLES_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `interval: ${count} > ${SAMPLES_MAX} pictures` });
  return ok({ intervalSeconds, count });
}
