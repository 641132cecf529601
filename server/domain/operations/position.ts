import { z } from "zod";
import type { Failure } from "../error.ts";
import { fail, ok, type Result } from "../result.ts";

export const TIME_UNITS = ["seconds", "percent"] as const;

/** A point of the source, as seconds or as a share of its duration. */
export const position = z
  .strictObject({
    unit: z.enum(TIME_UNITS).default("seconds"),
    value: z.number().min(0).max(604_800).default(0),
  })
  .refine(({ unit, value }) => unit === "seconds" || value <= 100, { path: ["value"], message: "percentOver100" });
export type Position = z.output<typeof position>;

/** The second meant by a position. 100 % and the duration itself mean the last frame; beyond that there is nothing. */
export function secondOf({ unit, value }: Position, sourceSeconds: number): Result<number, Failure> {
  const seconds = unit === "percent" ? (value / 100) * sourceSeconds : value;
  if (seconds > sourceSeconds) {
    return fail({ code: "INVALID_TIME_OFFSET", detail: `${value} ${unit} of ${sourceSeconds} s` });
  }
  return ok(seconds);
}
