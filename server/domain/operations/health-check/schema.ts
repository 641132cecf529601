import { z } from "zod";

export const healthCheckParams = z.strictObject({
  /** How far lengths may differ from what is declared. */
  toleranceSeconds: z.number().min(0.05).max(60).default(0.5).meta({ unit: "s" }),
  /** A longer time without a packet is a gap. */
  gapSeconds: z.number().min(0.1).max(3600).default(1).meta({ unit: "s" }),
});
export const healthCheckUseParams = z.strictObject({});
export type HealthCheckParams = z.output<typeof healthCheckParams>;
