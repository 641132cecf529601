import { z } from "zod";
import { chain, filter } from "../../ffmpeg/filter.ts";
import { displaySizeOf, type VideoStream } from "../../media.ts";
import { PICTURE_SIDE_PX_MAX } from "../picture-size.ts";

/** A rectangle of the source as it is shown: upright, with square pixels. */
const area = z.strictObject({
  leftPx: z.int().min(0).max(PICTURE_SIDE_PX_MAX).default(0).meta({ unit: "px" }),
  topPx: z.int().min(0).max(PICTURE_SIDE_PX_MAX).default(0).meta({ unit: "px" }),
  areaWidthPx: z.int().min(4).max(PICTURE_SIDE_PX_MAX).default(320).meta({ unit: "px" }),
  areaHeightPx: z.int().min(4).max(PICTURE_SIDE_PX_MAX).default(180).meta({ unit: "px" }),
});
type Area = z.output<typeof area>;

export const areaFields = {
  /** Null: the whole picture. */
  crop: area.nullable().default(null).meta({ section: "picture" }),
  /** Logos to paint over with what surrounds them. */
  delogo: z.array(area).max(5).default([]).meta({ section: "picture" }),
};

export interface Areas {
  crop: Area | null;
  delogo: readonly Area[];
}

/** What is wrong with them for this source, for the operator; null when they lie inside. */
export function areaOutside({ crop, delogo }: Areas, source: VideoStream): string | null {
  const { widthPx, heightPx } = displaySizeOf(source);
  const named = [
    ...(crop === null ? [] : [["video.crop", crop] as const]),
    ...delogo.map((one, index) => [`video.delogo.${index}`, one] as const),
  ];
  const outside = named.find(
    ([, { leftPx, topPx, areaWidthPx, areaHeightPx }]) =>
      leftPx + areaWidthPx > widthPx || topPx + areaHeightPx > heightPx,
  );
  return outside === undefined ? null : `${outside[0]}: lies outside of ${widthPx}x${heightPx}`;
}

/** The source as what follows sees it. */
export function croppedSource(source: VideoStream, { crop }: Areas): VideoStream {
  if (crop === null) return source;
  const { areaWidthPx: widthPx, areaHeightPx: heightPx } = crop;
  return { ...source, widthPx, heightPx, sampleAspectRatio: 1, rotationDegrees: 0 };
}

export function areaSteps({ crop, delogo }: Areas, source: VideoStream): string {
  if (crop === null && delogo.length === 0) return "";
  const shown = displaySizeOf(source);
  return chain([
    // Areas count pixels as they are shown, not as they are stored.
    source.sampleAspectRatio === 1 ? null : filter("scale", [shown.widthPx, shown.heightPx]),
    source.sampleAspectRatio === 1 ? null : filter("setsar", [1]),
    // First: areas are those of the whole picture.
    ...delogo.map((one) => filter("delogo", insideOf(one, shown))),
    crop === null ? null : filter("crop", [crop.areaWidthPx, crop.areaHeightPx, crop.leftPx, crop.topPx]),
  ]);
}

/** The filter paints with the pixels around an area, and stops where there are none. */
function insideOf({ leftPx, topPx, areaWidthPx, areaHeightPx }: Area, shown: { widthPx: number; heightPx: number }) {
  const [x, y] = [Math.max(1, leftPx), Math.max(1, topPx)];
  return {
    ...{ x, y },
    w: Math.min(leftPx + areaWidthPx, shown.widthPx - 1) - x,
    h: Math.min(topPx + areaHeightPx, shown.heightPx - 1) - y,
  };
}
