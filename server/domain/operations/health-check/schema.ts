import { z } from "zod";
import { refuseTwoOffsets, timeRangeFields, timeRangeParams } from "../time-range.ts";

export const healthCheckTemplateParams = z.strictObject({
  /** How far lengths may differ from what is declared. */
  toleranceSeconds: z.number().min(0.05).max(60).default(0.5).meta({ unit: "s" }),
  /** A longer time without a packet is a gap. */
  gapSeconds: z.number().min(0.1).max(3600).default(1).meta({ unit: "s" }),
});
export const healthCheckUseParams = timeRangeParams;
export const healthCheckParams = z
  .strictObject({ ...healthCheckTemplateParams.shape, ...timeRangeFields })
  .superRefine(refuseTwoOffsets);
export type HealthCheckParams = z.output<typeof healthCheckParams>;
