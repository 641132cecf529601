import { z } from "zod";
import type { Failure } from "../error.ts";
import { fail, ok, type Result } from "../result.ts";

/**
 * A point of the source, as seconds or as a share of its duration; or the frame that shows most of it, or the first that is
 * not black, among those from that second on.
 */
export const position = z
  .strictObject({
    unit: z.enum(["seconds", "percent", "best", "not-black"]).default("seconds"),
    value: z.number().min(0).max(604_800).default(0),
  })
  .refine(({ unit, value }) => unit !== "percent" || value <= 100, { path: ["value"], message: "percentOver100" });
export type Position = z.output<typeof position>;

/** The second meant by a position, or where the search begins. 100 % and the duration itself mean the last frame; beyond that there is nothing. */
export function secondOf({ unit, value }: Position, sourceSeconds: number): Result<number, Failure> {
  const seconds = unit === "percent" ? (value / 100) * sourceSeconds : value;
  if (seconds > sourceSeconds) {
    return fail({ code: "INVALID_TIME_OFFSET", detail: `${value} ${unit} of ${sourceSeconds} s` });
  }
  return ok(seconds);
}
