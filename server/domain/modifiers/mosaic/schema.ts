import { z } from "zod";
import { lengthySide, offset } from "../length.ts";
import { span } from "../span.ts";

const MOSAICS_MAX = 10;

/** A rectangle whose content is to be unrecognisable: a face, a number plate. Counted from the top left. */
export const mosaic = z.strictObject({
  x: offset.prefault({}),
  y: offset.prefault({}),
  width: lengthySide.prefault({ value: 10, unit: "widthPercent" }),
  height: lengthySide.prefault({ value: 10, unit: "heightPercent" }),
  span: span.prefault({}),
});
export type Mosaic = z.output<typeof mosaic>;

export const mosaics = z.array(mosaic).max(MOSAICS_MAX).default([]);
