import { z } from "zod";
import type { Size } from "../operations/picture-size.ts";

/** A share is of the frame's width where it is said of something horizontal, of its height otherwise. */
const OFFSET_UNITS = ["px", "percent"] as const;
const SIZE_UNITS = ["px", "widthPercent", "heightPercent", "shortSidePercent", "longSidePercent"] as const;
const LENGTH_PX_MAX = 8192;

/** A distance from an edge of the frame. */
export const offset = z
  .strictObject({
    value: z.number().min(0).max(LENGTH_PX_MAX).default(0),
    // The same place in every resolution, unless said otherwise.
    unit: z.enum(OFFSET_UNITS).default("percent"),
  })
  .refine(({ unit, value }) => unit === "px" || value <= 100, { path: ["value"], message: "percentOver100" })
  .meta({ control: "measure" });
export type Offset = z.output<typeof offset>;

/** One side of something laid on a frame. */
export const side = z
  .strictObject({
    value: z.number().min(0).max(LENGTH_PX_MAX).default(0),
    unit: z.enum(SIZE_UNITS).default("px"),
  })
  .refine(({ unit, value }) => unit === "px" || value <= 100, { path: ["value"], message: "percentOver100" })
  .meta({ control: "measure" });
export type Side = z.output<typeof side>;

/** A side that has to have a length. */
export const lengthySide = side
  .refine(({ value }) => value > 0, { path: ["value"], message: "sizeNeeded" })
  .meta({ control: "measure" });

/** In whole pixels. `alongPx` is the side of the frame that the offset runs along. */
export function offsetPx({ unit, value }: Offset, alongPx: number): number {
  return Math.round(unit === "px" ? value : (value / 100) * alongPx);
}

/** In whole pixels, at least one; 0 stays 0: what that means is for the caller to say. */
export function sidePx({ unit, value }: Side, frame: Size): number {
  if (value === 0) return 0;
  return Math.max(1, Math.round(unit === "px" ? value : (value / 100) * sideMeant(unit, frame)));
}

function sideMeant(unit: Exclude<Side["unit"], "px">, { widthPx, heightPx }: Size): number {
  switch (unit) {
    case "widthPercent":
      return widthPx;
    case "heightPercent":
      return heightPx;
    case "shortSidePercent":
      return Math.min(widthPx, heightPx);
    case "longSidePercent":
      return Math.max(widthPx, heightPx);
  }
}
