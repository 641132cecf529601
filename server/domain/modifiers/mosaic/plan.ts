import type { Failure } from "../../error.ts";
import { chain, filter } from "../../ffmpeg/filter.ts";
import { fail, ok, type Result } from "../../result.ts";
import type { FilmCanvas, Layer } from "../canvas.ts";
import { offsetPx, sidePx } from "../length.ts";
import { duringText, spanOn } from "../span.ts";
import type { Mosaic } from "./schema.ts";

/** Of the region's shorter side: few enough that neither a face nor a number can be guessed. */
const BLOCKS_ACROSS = 8;
/** Of the frame's shorter side, so that a small region becomes a few blocks rather than eight times eight tiny ones. */
const BLOCK_SHARE_MIN = 1 / 40;

/** The region as coarse blocks, over itself. What of it lies beyond the frame's edge is not there to be hidden. */
export function mosaicLayer(mosaic: Mosaic, path: string, { frame, timeLine }: FilmCanvas): Result<Layer, Failure> {
  const across = stretch(offsetPx(mosaic.x, frame.widthPx), sidePx(mosaic.width, frame), frame.widthPx);
  const down = stretch(offsetPx(mosaic.y, frame.heightPx), sidePx(mosaic.height, frame), frame.heightPx);
  if (across === null) return fail({ code: "INVALID_PARAMETER", detail: `${path}.x: outside of the picture` });
  if (down === null) return fail({ code: "INVALID_PARAMETER", detail: `${path}.y: outside of the picture` });
  const when = spanOn(mosaic.span, timeLine);
  if (!when.ok) return when;
  const during = duringText(when.value, timeLine);

  const [width, height] = [across.px, down.px];
  const block = Math.max(
    Math.min(width, height) / BLOCKS_ACROSS,
    Math.min(frame.widthPx, frame.heightPx) * BLOCK_SHARE_MIN,
  );
  const blocks = (px: number) => Math.max(1, Math.round(px / block));
  return ok({
    of: "picture",
    steps: chain([
      filter("crop", [width, height, across.from, down.from]),
      // The average of each block: a single pixel of it would flicker.
      filter("scale", { w: blocks(width), h: blocks(height), flags: "area" }),
      filter("scale", { w: width, h: height, flags: "neighbor" }),
    ]),
    overlay: {
      ...{ x: across.from, y: down.from },
      ...(during === null ? {} : { enable: during }),
    },
  });
}

/** Widened to even pixels, as chroma of half size has them: rather one pixel too many than one that tells. */
function stretch(fromPx: number, lengthPx: number, framePx: number): { from: number; px: number } | null {
  const from = 2 * Math.floor(fromPx / 2);
  const to = Math.min(framePx, 2 * Math.ceil((fromPx + lengthPx) / 2));
  return fromPx < framePx && to > from ? { from, px: to - from } : null;
}
