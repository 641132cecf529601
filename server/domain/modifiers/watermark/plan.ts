import type { Failure } from "../../error.ts";
import { chain, filter, numberText } from "../../ffmpeg/filter.ts";
import type { Size } from "../../operations/picture-size.ts";
import type { TimeRange } from "../../operations/time-range.ts";
import { assetFile, type PlanContext, type PreparedFile } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import type { Canvas, Layer, Pixels, TimeLine } from "../canvas.ts";
import { offsetPx, sidePx } from "../length.ts";
import { duringText, type Span, spanOn } from "../span.ts";
import { isCentred, LETTERS_PX_MAX, type Mark, type PictureWatermark, type Watermark } from "./schema.ts";

export interface PlannedWatermark {
  layer: Layer;
  /** What has to be drawn before ffmpeg can lay it on. */
  prepared: readonly PreparedFile[];
}

const WHOLE: Span = { start: 0, end: 0, unit: "seconds" };
/** Of letters in a row: wider than any frame, and narrow enough to be drawn. */
const ROW_PX_MAX = 32_000;

/**
 * One mark on a canvas. Every kind of mark becomes a picture file that the `movie` filter reads, and which nobody but us
 * has written: uploaded pictures are encoded anew when they come in, letters and drawings are drawn before the commands.
 */
export function planWatermark(
  watermark: Watermark | PictureWatermark,
  /** Of its parameters, and of the file it is drawn into where there is none yet. */
  { path, drawnPath }: { path: string; drawnPath: string },
  canvas: Canvas,
  context: PlanContext,
): Result<PlannedWatermark, Failure> {
  const { frame, timeLine } = canvas;
  const span = "span" in watermark ? watermark.span : WHOLE;
  const range = timeLine === null ? null : spanOn(span, timeLine);
  if (range?.ok === false) return range;
  const when = range?.value ?? null;

  const [x, y] = [offsetPx(watermark.x, frame.widthPx), offsetPx(watermark.y, frame.heightPx)];
  if (x >= frame.widthPx) return refuse(`${path}.x: outside of the picture`);
  if (y >= frame.heightPx) return refuse(`${path}.y: outside of the picture`);

  const picture = pictureOf(watermark, { path, drawnPath, canvas, context, when });
  if (!picture.ok) return picture;
  const { steps, lasts, endless, prepared } = picture.value;
  const seen = when === null || lasts === null ? when : shortened(when, lasts);
  const during = seen === null || timeLine === null ? null : duringText(seen, timeLine);
  return ok({
    layer: {
      of: "file",
      steps: chain([steps, ...inColoursOf(canvas, watermark.opacityPercent)]),
      overlay: {
        ...(endless ? endlessly(during, placeAt(watermark.origin, x, y)) : placeAt(watermark.origin, x, y)),
        ...(endless || during === null ? {} : { enable: during }),
      },
    },
    prepared,
  });
}

interface MarkPicture {
  /** From the file to a picture of the right size. */
  steps: string;
  /** Seconds after which it is gone; null where it stays. */
  lasts: number | null;
  endless: boolean;
  prepared: readonly PreparedFile[];
}

interface Place {
  path: string;
  drawnPath: string;
  canvas: Canvas;
  context: PlanContext;
  when: TimeRange | null;
}

function pictureOf(watermark: Watermark | PictureWatermark, place: Place): Result<MarkPicture, Failure> {
  const { mark } = watermark;
  const { path, drawnPath } = place;
  const { frame } = place.canvas;
  const drawn = (file: PreparedFile): Result<MarkPicture, Failure> =>
    ok({ steps: movie(drawnPath, "png_pipe"), lasts: null, endless: false, prepared: [file] });
  switch (mark.type) {
    case "image":
      return uploaded(mark, place);
    case "text": {
      const text = ("text" in watermark ? watermark.text : null) ?? mark.text;
      const sizePx = sidePx(mark.letterSize, frame);
      if (sizePx > LETTERS_PX_MAX || sizePx * [...text].length > ROW_PX_MAX) {
        return refuse(`${path}.mark.letterSize: ${sizePx} px is too large`);
      }
      return drawn({ path: drawnPath, letters: { text, font: mark.font, sizePx, colour: mark.colour } });
    }
    case "svg": {
      const svg = ("svg" in watermark ? watermark.svg : null) ?? "";
      const size = { widthPx: sidePx(mark.width, frame), heightPx: sidePx(mark.height, frame) };
      return drawn({ path: drawnPath, svg, ...size });
    }
  }
}

function uploaded(
  mark: Mark & { type: "image" },
  { path, canvas, context, when }: Place,
): Result<MarkPicture, Failure> {
  const { path: file, info } = assetFile(context, mark.assetId);
  if (info.kind !== "image") return refuse(`${path}.mark.assetId: not a picture`);
  const size = sizeOf(mark, info, canvas.frame);
  const scaled = scaleSeeThrough(info, size);
  if (info.format === "png") {
    return ok({ steps: chain([movie(file, "png_pipe"), scaled]), lasts: null, endless: false, prepared: [] });
  }
  const animation = movie(file, info.format);
  if (when === null || canvas.timeLine === null) {
    const first = filter("trim", { end_frame: 1 });
    return ok({ steps: chain([animation, first, scaled]), lasts: null, endless: false, prepared: [] });
  }
  // It begins to play when it comes into view.
  const begun = beginsAt(when, canvas.timeLine);
  if (mark.repeat === "forever") {
    // All frames are kept in memory: those of the smaller size.
    const again = filter("loop", { loop: -1, size: 32_767 });
    const enlarged = size.widthPx * size.heightPx > info.widthPx * info.heightPx;
    const steps = enlarged ? [animation, again, begun, scaled] : [animation, scaled, again, begun];
    return ok({ steps: chain(steps), lasts: null, endless: true, prepared: [] });
  }
  const held = filter("tpad", { stop: -1, stop_mode: "clone" });
  const lasts = mark.repeat === "once" ? info.durationSeconds : null;
  return ok({ steps: chain([animation, scaled, begun, held]), lasts, endless: true, prepared: [] });
}

/** Its demuxer is named, so that whatever the file holds is read as this or not at all. */
export function movie(path: string, format: "png_pipe" | "apng" | "gif"): string {
  return filter("movie", { filename: path, format_name: format });
}

function beginsAt({ startSeconds }: TimeRange, { startsAtSeconds }: TimeLine): string | null {
  const seconds = startsAtSeconds + startSeconds;
  return seconds === 0 ? null : filter("setpts", [`PTS+${numberText(seconds)}/TB`]);
}

function shortened(range: TimeRange, seconds: number): TimeRange {
  return seconds >= range.durationSeconds ? range : { ...range, durationSeconds: seconds, whole: false };
}

function sizeOf({ width, height }: Mark & { type: "image" }, own: Size, frame: Size): Size {
  const [widthPx, heightPx] = [sidePx(width, frame), sidePx(height, frame)];
  const follow = (px: number) => Math.max(1, Math.round(px));
  if (widthPx === 0 && heightPx === 0) return { widthPx: own.widthPx, heightPx: own.heightPx };
  if (heightPx === 0) return { widthPx, heightPx: follow((widthPx * own.heightPx) / own.widthPx) };
  if (widthPx === 0) return { widthPx: follow((heightPx * own.widthPx) / own.heightPx), heightPx };
  return { widthPx, heightPx };
}

/** Colours count as much as they are opaque: what is invisible would otherwise bleed into the edge beside it. */
export function scaleSeeThrough(own: Size, { widthPx, heightPx }: Size): string | null {
  if (own.widthPx === widthPx && own.heightPx === heightPx) return null;
  return chain([
    filter("format", ["gbrap"]),
    filter("premultiply", { inplace: 1 }),
    filter("scale", [widthPx, heightPx]),
    filter("unpremultiply", { inplace: 1 }),
  ]);
}

const MARK_FORMATS: Record<Pixels, string> = { yuv420p: "yuva420p", yuv420p10le: "yuva420p10le", gbrp: "gbrap" };

function inColoursOf({ pixels, matrix, white }: Canvas, opacityPercent: number): (string | null)[] {
  const mixer: Record<string, number> = {
    ...(white === 1 ? {} : { rr: white, gg: white, bb: white }),
    ...(opacityPercent === 100 ? {} : { aa: opacityPercent / 100 }),
  };
  return [
    filter("format", ["gbrap"]),
    Object.keys(mixer).length === 0 ? null : filter("colorchannelmixer", mixer),
    // Left to itself, the conversion takes the colours of standard definition whatever the frame's are.
    pixels === "gbrp" ? null : filter("scale", { out_color_matrix: matrix, out_range: "limited" }),
    pixels === "gbrp" ? null : filter("format", [MARK_FORMATS[pixels]]),
  ];
}

/** `W` and `H` are the frame's sides, `w` and `h` the mark's. */
function placeAt(origin: Watermark["origin"], x: number, y: number): { x: number | string; y: number | string } {
  const centred = isCentred(origin);
  return {
    x: centred.across ? "(W-w)/2" : /right/i.test(origin) ? `W-w-${x}` : x,
    y: centred.down ? "(H-h)/2" : origin.startsWith("bottom") ? `H-h-${y}` : y,
  };
}

/**
 * What never ends must not keep the film from ending. Of what moves, ffmpeg judges `enable` by frames that are still to
 * come as well; out of time it is put beside the frame instead.
 */
function endlessly(
  during: string | null,
  { x, y }: { x: number | string; y: number | string },
): { x: number | string; y: number | string; shortest: 1 } {
  return { x: during === null ? x : `if(${during},${x},W)`, y, shortest: 1 };
}

function refuse(detail: string): Result<never, Failure> {
  return fail({ code: "INVALID_PARAMETER", detail });
}
