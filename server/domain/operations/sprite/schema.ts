import { z } from "zod";
import { interval } from "../interval.ts";
import { pictureSizeFields } from "../picture-size.ts";
import { PICTURE_FORMATS } from "../snapshot/schema.ts";
import { refuseTwoOffsets, timeRangeFields, timeRangeParams } from "../time-range.ts";

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

const templateFields = {
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
};

const templateParams = z.strictObject(templateFields);

/** Where a side follows the source, the plan checks again. */
function refuseLargeSheets(sprite: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  const refuse = (field: keyof typeof sprite, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  if (sheetSidePx(sprite.columns, sprite.widthPx, sprite) > SHEET_SIDE_PX_MAX) refuse("columns", "sheetTooLarge");
  if (sheetSidePx(sprite.rows, sprite.heightPx, sprite) > SHEET_SIDE_PX_MAX) refuse("rows", "sheetTooLarge");
}

export const spriteTemplateParams = templateParams.superRefine(refuseLargeSheets);
export const spriteUseParams = timeRangeParams;
export const spriteParams = z
  .strictObject({ ...templateFields, ...timeRangeFields })
  .superRefine(refuseLargeSheets)
  .superRefine(refuseTwoOffsets);
export type SpriteParams = z.output<typeof spriteParams>;
