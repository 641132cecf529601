import { z } from "zod";
import { interval } from "../interval.ts";
import { pictureSizeFields } from "../picture-size.ts";
import { PICTURE_FORMATS } from "../snapshot/schema.ts";

/** No side of a sheet may be longer. ffmpeg's JPEG encoder would go to 65,500 px and WebP to 16,383, browsers less far. */
export const SHEET_SIDE_PX_MAX = 15_000;

export interface Gaps {
  marginPx: number;
  paddingPx: number;
}

/** How long a side is with so many tiles. */
export function sheetSidePx(tiles: number, tilePx: number, { marginPx, paddingPx }: Gaps): number {
  return 2 * marginPx + tiles * tilePx + (tiles - 1) * paddingPx;
}

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
    /** Black around all tiles, and between two of them. */
    marginPx: z.int().min(0).max(1000).default(0).meta({ unit: "px" }),
    paddingPx: z.int().min(0).max(1000).default(0).meta({ unit: "px" }),
    /** Publish each tile as a picture of its own, too. */
    keepTiles: z.boolean().default(false),
  })
  // Where a side follows the source, the plan checks again.
  .refine((sprite) => sheetSidePx(sprite.columns, sprite.widthPx, sprite) <= SHEET_SIDE_PX_MAX, {
    path: ["columns"],
    message: "sheetTooLarge",
  })
  .refine((sprite) => sheetSidePx(sprite.rows, sprite.heightPx, sprite) <= SHEET_SIDE_PX_MAX, {
    path: ["rows"],
    message: "sheetTooLarge",
  });
export const spriteUseParams = z.strictObject({});
export type SpriteParams = z.output<typeof spriteParams>;
