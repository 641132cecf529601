/** Where a mark hangs, as its template says it, and where it lies on a frame: one from the other. */
import { isCentred, type Origin, type WatermarkTemplateParams } from "#domain/modifiers/watermark/schema.ts";

export type Place = Pick<WatermarkTemplateParams, "origin" | "x" | "y">;
type Offset = Place["x"];

export interface Size {
  widthPx: number;
  heightPx: number;
}

/** A mark on a frame, in the frame's pixels. */
export interface Box extends Size {
  leftPx: number;
  topPx: number;
}

/** Of a frame's side: nearer to the middle than this, it is the middle that is meant. */
const SNAP_SHARE = 0.012;

/** The place of a mark that was moved to a box: hung on what it is nearest to, in the units it had. */
export function placeOf(box: Box, frame: Size, { x, y }: Place): Place {
  const across = along(box.leftPx, box.widthPx, frame.widthPx, x);
  const down = along(box.topPx, box.heightPx, frame.heightPx, y);
  return { origin: originOf(down.side, across.side), x: across.offset, y: down.offset };
}

/** The style that puts a mark there on a stage of any size. */
export function styleOf({ origin, x, y }: Place, frame: Size): Record<string, string> {
  const centred = isCentred(origin);
  const distance = ({ unit, value }: Offset, alongPx: number) =>
    `${unit === "percent" ? value : (100 * value) / alongPx}%`;
  return {
    ...(centred.across ? { left: "50%" } : { [/right/i.test(origin) ? "right" : "left"]: distance(x, frame.widthPx) }),
    ...(centred.down
      ? { top: "50%" }
      : { [origin.startsWith("bottom") ? "bottom" : "top"]: distance(y, frame.heightPx) }),
    translate: `${centred.across ? "-50%" : "0"} ${centred.down ? "-50%" : "0"}`,
  };
}

type SideOf = "start" | "middle" | "end";

function along(fromPx: number, lengthPx: number, framePx: number, { unit }: Offset): { side: SideOf; offset: Offset } {
  const restPx = framePx - fromPx - lengthPx;
  if (Math.abs(fromPx - restPx) < 2 * SNAP_SHARE * framePx) return { side: "middle", offset: { unit, value: 0 } };
  const px = Math.max(0, Math.min(fromPx, restPx));
  const value = unit === "px" ? Math.round(px) : Math.round((1000 * px) / framePx) / 10;
  return { side: fromPx < restPx ? "start" : "end", offset: { unit, value } };
}

function originOf(down: SideOf, across: SideOf): Origin {
  const ROWS: Record<SideOf, Record<SideOf, Origin>> = {
    start: { start: "topLeft", middle: "top", end: "topRight" },
    middle: { start: "left", middle: "center", end: "right" },
    end: { start: "bottomLeft", middle: "bottom", end: "bottomRight" },
  };
  return ROWS[down][across];
}
