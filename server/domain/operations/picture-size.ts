import { z } from "zod";
import type { VideoStream } from "../media.ts";
import { displaySizeOf } from "../media.ts";
import { zeroOr } from "./zero-or.ts";

/**
 * How a picture is brought into a frame of another shape: distorted, or whole with bars of black, white or its own blur.
 * `keep` makes the frame follow the picture instead: as large as fits inside, and never larger than the source.
 */
export const FILLS = ["stretch", "black", "white", "gauss", "keep"] as const;
export type Fill = (typeof FILLS)[number];

export const PICTURE_SIDE_PX_MAX = 8192;

/** The size of every encoded picture, in schemas of several kinds. */
export const pictureSizeFields = {
  widthPx: zeroOr(32, PICTURE_SIDE_PX_MAX).meta({ unit: "px" }),
  heightPx: zeroOr(32, PICTURE_SIDE_PX_MAX).meta({ unit: "px" }),
  resolutionAdaptive: z.boolean().default(true),
};

export interface SizeWish {
  widthPx: number;
  heightPx: number;
  /** Width names the long side and height the short one, so that one template serves upright and wide video. */
  resolutionAdaptive: boolean;
}

export interface Size {
  widthPx: number;
  heightPx: number;
}

/** A frame, and the picture inside it: smaller than the frame only where bars fill the rest. */
export interface Placement {
  frame: Size;
  picture: Size;
}

/**
 * Both sides 0: as the source is shown. One side 0: that side follows the source's shape. Both given: exactly this frame,
 * and where its shape differs from the source's, `fill` decides. With `keep`, sides are limits. `multiple` is 2 where chroma of half size needs it.
 */
export function placementOf(video: VideoStream, wish: SizeWish, fill: Fill, multiple: 1 | 2): Placement {
  const shown = displaySizeOf(video);
  const upright = shown.heightPx > shown.widthPx;
  const [width, height] =
    wish.resolutionAdaptive && upright ? [wish.heightPx, wish.widthPx] : [wish.widthPx, wish.heightPx];
  const round = (value: number) => Math.max(multiple, multiple * Math.round(value / multiple));

  if (width === 0 || height === 0) {
    const asked = width > 0 ? width / shown.widthPx : height > 0 ? height / shown.heightPx : 1;
    const scale = fill === "keep" ? Math.min(1, asked) : asked;
    const frame = { widthPx: round(shown.widthPx * scale), heightPx: round(shown.heightPx * scale) };
    return { frame, picture: frame };
  }
  const frame = { widthPx: round(width), heightPx: round(height) };
  if (fill === "stretch") return { frame, picture: frame };
  const fitting = Math.min(frame.widthPx / shown.widthPx, frame.heightPx / shown.heightPx);
  const scale = fill === "keep" ? Math.min(1, fitting) : fitting;
  const picture = {
    widthPx: Math.min(frame.widthPx, round(shown.widthPx * scale)),
    heightPx: Math.min(frame.heightPx, round(shown.heightPx * scale)),
  };
  return { frame: fill === "keep" ? picture : frame, picture };
}
