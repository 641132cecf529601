import { z } from "zod";

/** A whole number where 0 means "automatic" or "as the source has it", and anything smaller than `min` makes no sense. */
export function zeroOr(min: 8 | 16 | 32, max: number) {
  return z
    .int()
    .min(0)
    .max(max)
    .refine((value) => value === 0 || value >= min, { message: `zeroOr${min}` })
    .default(0);
}
