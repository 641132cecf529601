import { z } from "zod";

/** A moment as the API writes it: UTC, whole seconds. What has not come yet is empty. */
export function isoTime(at: Date | null | undefined): string {
  return at === null || at === undefined ? "" : `${at.toISOString().slice(0, 19)}Z`;
}

/** What never ends, ends then. */
export const NEVER = "9999-12-31T23:59:59Z";

export function isNever(at: Date): boolean {
  return at >= new Date(NEVER);
}

/** A moment as clients write it: with an offset, or in UTC. */
export const isoMoment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** From the first moment on, and before the second. */
export const timeRange = z.object({ After: isoMoment.optional(), Before: isoMoment.optional() });
