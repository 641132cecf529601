/** Sizes and fillings, which templates of all pictures have. */
import { z } from "zod";
import type { Fill, SizeWish } from "#domain/operations/picture-size.ts";
import { said } from "../said.ts";

/** 0, or between two bounds: what is smaller is no size, or no rate, that makes sense. */
export function zeroOrBetween(min: number, max: number) {
  const message = `0, or ${min} to ${max}`;
  return z
    .int()
    .min(0, { message })
    .max(max, { message })
    .refine((value) => value === 0 || value >= min, { message });
}

const fillType = z.enum(["stretch", "black", "white", "gauss"]);

/** Everything optional: what a template that is changed, or a use that overrides one, does not name stays as it is. */
export function sizeFields(min: number, max: number) {
  return {
    Width: zeroOrBetween(min, max).optional(),
    Height: zeroOrBetween(min, max).optional(),
    ResolutionAdaptive: z.enum(["open", "close"]).optional(),
  };
}

export const fillFields = { FillType: fillType.optional() };

interface WireSize {
  Width?: number | undefined;
  Height?: number | undefined;
  ResolutionAdaptive?: "open" | "close" | undefined;
}

export function sizeOf({ Width, Height, ResolutionAdaptive }: WireSize) {
  return said({
    widthPx: Width,
    heightPx: Height,
    resolutionAdaptive: ResolutionAdaptive === undefined ? undefined : ResolutionAdaptive === "open",
  });
}

export function wireSizeOf({ widthPx, heightPx, resolutionAdaptive }: Partial<SizeWish>) {
  return said({
    Width: widthPx,
    Height: heightPx,
    ResolutionAdaptive:
      resolutionAdaptive === undefined ? undefined : resolutionAdaptive ? ("open" as const) : ("close" as const),
  });
}

/** A frame that follows the picture has nothing to fill. */
export function wireFillOf(fill: Fill | undefined) {
  return fill === "keep" ? "black" : fill;
}
