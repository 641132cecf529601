import type { Failure } from "../../error.ts";
import { sidePx } from "../../modifiers/length.ts";
import { fail, ok, type Result } from "../../result.ts";
import { PICTURE_SIDE_PX_MAX, type Size } from "../picture-size.ts";
import type { ComposedSticker } from "./schema.ts";

type Wish = Pick<ComposedSticker, "fromMiddleX" | "fromMiddleY" | "shownWidth" | "shownHeight">;

/** Of the upper left corner, which may lie outside of the canvas. */
export interface Place extends Size {
  xPx: number;
  yPx: number;
}

export function placeOn(canvas: Size, own: Size, wish: Wish, field: string): Result<Place, Failure> {
  const [width, height] = [sidePx(wish.shownWidth, canvas), sidePx(wish.shownHeight, canvas)];
  const fitting = Math.min(canvas.widthPx / own.widthPx, canvas.heightPx / own.heightPx);
  const scale = width > 0 ? width / own.widthPx : height > 0 ? height / own.heightPx : fitting;
  const widthPx = even(width > 0 ? width : own.widthPx * scale);
  const heightPx = even(height > 0 ? height : own.heightPx * scale);
  if (Math.max(widthPx, heightPx) > PICTURE_SIDE_PX_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `${field}.shownWidth: ${widthPx}x${heightPx} is too large` });
  const along = ({ unit, value }: Wish["fromMiddleX"], px: number) => (unit === "px" ? value : (value / 100) * px);
  return ok({
    ...{ widthPx, heightPx },
    xPx: Math.round((canvas.widthPx - widthPx) / 2 + along(wish.fromMiddleX, canvas.widthPx)),
    yPx: Math.round((canvas.heightPx - heightPx) / 2 + along(wish.fromMiddleY, canvas.heightPx)),
  });
}

/** As 4:2:0 chroma needs it. */
export function even(px: number): number {
  return Math.max(2, 2 * Math.round(px / 2));
}
