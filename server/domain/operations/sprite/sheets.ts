import { filter } from "../../ffmpeg/filter.ts";
import type { DeclaredOutput } from "../../plan.ts";
import type { Size } from "../picture-size.ts";
import { type Sampling, secondOfPicture } from "../sampling.ts";
import { CONTENT_TYPES, declaredPicture } from "../snapshot/picture.ts";
import { type Gaps, type SpriteParams, sheetSidePx } from "./schema.ts";
import { webVttOf } from "./webvtt.ts";

/** How tiles lie on sheets. All sheets of a sprite have one size; the last may have empty places. */
export interface Sheets {
  count: number;
  columns: number;
  rows: number;
  tile: Size;
  gaps: Gaps;
}

export function sheetsOf(params: SpriteParams, tile: Size, tileCount: number): Sheets {
  return {
    count: Math.ceil(tileCount / (params.columns * params.rows)),
    columns: params.columns,
    // A short video fills less than one sheet: no rows without a tile.
    rows: Math.min(params.rows, Math.ceil(tileCount / params.columns)),
    tile,
    gaps: params,
  };
}

export function sheetSizeOf({ columns, rows, tile, gaps }: Sheets): Size {
  return { widthPx: sheetSidePx(columns, tile.widthPx, gaps), heightPx: sheetSidePx(rows, tile.heightPx, gaps) };
}

/** Lays tiles out as `cuesOf` says where they are. */
export function tileFilter({ columns, rows, gaps: { marginPx, paddingPx } }: Sheets): string {
  const layout = `${columns}x${rows}`;
  return filter("tile", marginPx + paddingPx > 0 ? { layout, margin: marginPx, padding: paddingPx } : [layout]);
}

/** As `tile-%05d` counts. */
export function declaredTiles({ tile }: Sheets, sampling: Sampling, format: SpriteParams["format"]): DeclaredOutput[] {
  return Array.from({ length: sampling.count }, (_, index) => {
    const name = `tile-${String(index + 1).padStart(5, "0")}.${format}`;
    return declaredPicture(name, format, tile, secondOfPicture(sampling, index));
  });
}

/** As `sprite-%03d` counts. */
function sheetName(index: number, format: string): string {
  return `sprite-${String(index + 1).padStart(3, "0")}.${format}`;
}

export function declaredSheets(sheets: Sheets, tileCount: number, format: SpriteParams["format"]): DeclaredOutput[] {
  const { count, columns, rows, tile } = sheets;
  return Array.from({ length: count }, (_, index) => ({
    ...{ role: "sheet", name: sheetName(index, format), contentType: CONTENT_TYPES[format], parts: null, probe: false },
    facts: {
      ...sheetSizeOf(sheets),
      tileCount: Math.min(columns * rows, tileCount - index * columns * rows),
      ...{ columns, rows, tileWidthPx: tile.widthPx, tileHeightPx: tile.heightPx },
    },
  }));
}

/**
 * The time each tile stands for reaches to the next tile, and the last one's to the end. Times are those of the stretch,
 * as everything made of a stretch begins at 0: they fit the player of a rendition of the same offsets, or of the source
 * where the sprite is of all of it.
 */
export function cuesOf(sheets: Sheets, sampling: Sampling, format: string): string {
  const { columns, rows, tile, gaps } = sheets;
  const startPx = (place: number, tilePx: number) => gaps.marginPx + place * (tilePx + gaps.paddingPx);
  return webVttOf(
    Array.from({ length: sampling.count }, (_, index) => {
      const place = index % (columns * rows);
      const fromSeconds = index * sampling.intervalSeconds;
      return {
        sheetName: sheetName(Math.floor(index / (columns * rows)), format),
        xPx: startPx(place % columns, tile.widthPx),
        yPx: startPx(Math.floor(place / columns), tile.heightPx),
        ...tile,
        fromSeconds,
        toSeconds:
          index + 1 < sampling.count ? fromSeconds + sampling.intervalSeconds : sampling.stretch.durationSeconds,
      };
    }),
  );
}
