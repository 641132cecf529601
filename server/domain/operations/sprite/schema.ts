import { z } from "zod";
import { pictureSizeFields } from "../picture-size.ts";
import { interval } from "../sampling.ts";
import { PICTURE_FORMATS } from "../snapshot/schema.ts";

/** No side of a sheet may be longer. ffmpeg's JPEG encoder would go to 65,500 px and WebP to 16,383, browsers less far. */
export const SHEET_SIDE_PX_MAX = 15_000;

export const spriteParams = z
  .strictObject({
    interval: interval.prefault({ unit: "seconds" }),
    columns: z.int().min(1).max(100).default(10),
    rows: z.int().min(1).max(100).default(10),
    widthPx: pictureSizeFields.widthPx.unwrap().default(142).meta({ unit: "px" }),
    heightPx: pictureSizeFields.heightPx.unwrap().default(80).meta({ unit: "px" }),
    resolutionAdaptive: pictureSizeFields.resolutionAdaptive,
    fill: z.enum(["stretch", "black"]).default("black"),
    format: z.enum(PICTURE_FORMATS).default("jpg"),
  })
  // Where a side follows the source, the plan checks again.
  .refine((sprite) => sprite.columns * sprite.widthPx <= SHEET_SIDE_PX_MAX, {
    path: ["columns"],
    message: "sheetTooLarge",
  })
  .refine((sprite) => sprite.rows * sprite.heightPx <= SHEET_SIDE_PX_MAX, { path: ["rows"], message: "sheetTooLarge" });
export const spriteUseParams = z.strictObject({});
export type SpriteParams = z.output<typeof spriteParams>;
