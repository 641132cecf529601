import { z } from "zod";
import { FILLS, pictureSizeFields } from "../picture-size.ts";
import { refuseTwoOffsets, timeRangeFields, timeRangeParams } from "../time-range.ts";

export const ANIMATION_FORMATS = ["gif", "webp", "mp4"] as const;
export type AnimationFormat = (typeof ANIMATION_FORMATS)[number];

/** Short parts from all over the stretch, one after another. Each is an input of its own, with a decoder that needs memory. */
const highlight = z.strictObject({
  parts: z.int().min(2).max(8).default(5),
  partSeconds: z.number().min(0.2).max(30).default(1).meta({ unit: "s" }),
});

const templateFields = {
  format: z.enum(ANIMATION_FORMATS).default("gif"),
  ...pictureSizeFields,
  fill: z.enum(FILLS).default("black"),
  framesPerSecond: z.int().min(1).max(30).default(2).meta({ unit: "fps" }),
  /** Of WebP the encoder's own measure; a GIF has this share of the 256 colours it may have. */
  quality: z.number().min(1).max(100).default(75),
  /** Null: the stretch as a whole. */
  highlight: highlight.nullable().default(null),
};

export const animatedGraphicTemplateParams = z.strictObject(templateFields);
export const animatedGraphicUseParams = timeRangeParams;
export const animatedGraphicParams = z
  .strictObject({ ...templateFields, ...timeRangeFields })
  .superRefine(refuseTwoOffsets);
export type AnimatedGraphicParams = z.output<typeof animatedGraphicParams>;
