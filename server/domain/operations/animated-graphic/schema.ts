import { z } from "zod";
import { FILLS, pictureSizeFields } from "../picture-size.ts";
import { refuseTwoOffsets, timeRangeFields, timeRangeParams } from "../time-range.ts";

const templateFields = {
  format: z.enum(["gif", "webp"]).default("gif"),
  ...pictureSizeFields,
  fill: z.enum(FILLS).default("black"),
  framesPerSecond: z.int().min(1).max(30).default(2).meta({ unit: "fps" }),
  /** Of WebP the encoder's own measure; a GIF has this share of the 256 colours it may have. */
  quality: z.int().min(1).max(100).default(75),
};

export const animatedGraphicTemplateParams = z.strictObject(templateFields);
export const animatedGraphicUseParams = timeRangeParams;
export const animatedGraphicParams = z
  .strictObject({ ...templateFields, ...timeRangeFields })
  .superRefine(refuseTwoOffsets);
export type AnimatedGraphicParams = z.output<typeof animatedGraphicParams>;
