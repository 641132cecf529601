/** What is seen in a scene as an ffmpeg filter graph, laid on the canvas from the bottom up. */
import type { Failure } from "../../error.ts";
import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import { frameRateText } from "../../ffmpeg/frame-rate.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import { displaySizeOf, type VideoStream } from "../../media.ts";
import { movie, scaleSeeThrough } from "../../modifiers/watermark/plan.ts";
import { assetFile, type CommandInput, type PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { inOneColour, toOneColour } from "../edit/piece.ts";
import { deinterlaceFilter } from "../picture-filter.ts";
import type { Size } from "../picture-size.ts";
import { toneMapFilter } from "../transcode/tone-map.ts";
import { type Place, placeOn } from "./place.ts";
import type { Layer, Show, ShownClip, ShownSticker, Span } from "./scenes.ts";
import { type Source, sourceOf } from "./timeline.ts";

export interface Canvas extends Size {
  color: string;
  framesPerSecond: number;
}

/** More decoders than this at a time keep to one thread each, as every thread of a decoder holds frames. */
const DECODERS_WITH_THREADS_MAX = 2;

export interface Drawn {
  inputs: CommandInput[];
  /** Ends in `[video]`. */
  graph: string;
}

/** Layers on a ground: a file of the scene so far, or the bare canvas. */
export function drawLayers(
  scene: Span,
  layers: readonly Layer[],
  groundPath: string | null,
  canvas: Canvas,
  context: PlanContext,
): Result<Drawn, Failure> {
  const drawing = new Drawing(scene, canvas);
  let ground =
    groundPath === null
      ? drawing.add([], groundSteps(canvas, drawing.frames))
      : drawing.add([drawing.input({ path: groundPath, options: [] }, 0)], inOneColour);
  for (const layer of layers) {
    const drawn = drawLayer(drawing, ground, layer, context);
    if (!drawn.ok) return drawn;
    ground = drawn.value;
  }
  return ok(drawing.finish(ground, context));
}

function drawLayer(drawing: Drawing, ground: string, layer: Layer, context: PlanContext): Result<string, Failure> {
  switch (layer.of) {
    case "clip":
      return drawClip(drawing, ground, layer.clip);
    case "melting":
      return drawMelting(drawing, ground, layer);
    case "sticker":
      return drawSticker(drawing, ground, layer, context);
  }
}

/** The inputs and chains of a scene, as they come together. A label is read once. */
class Drawing {
  readonly scene: Span;
  readonly canvas: Canvas;
  readonly frames: number;
  readonly #inputs: CommandInput[] = [];
  readonly #chains: { from: readonly string[]; steps: string; to: readonly string[] }[] = [];

  constructor(scene: Span, canvas: Canvas) {
    this.scene = scene;
    this.canvas = canvas;
    this.frames = scene.endFrame - scene.startFrame;
  }

  add(from: readonly string[], steps: string): string {
    const [label = ""] = this.addForking(from, steps, 1);
    return label;
  }

  addForking(from: readonly string[], steps: string, count: number): string[] {
    const to = Array.from({ length: count }, (_, index) => `s${this.#chains.length}${"ab"[index] ?? ""}`);
    this.#chains.push({ from, steps, to });
    return to;
  }

  input(input: CommandInput, stream: number): string {
    this.#inputs.push(input);
    return `${this.#inputs.length - 1}:${stream}`;
  }

  /** Second of the time line since a frame of it, when this scene begins. */
  secondsSince(startFrame: number): number {
    return (this.scene.startFrame - startFrame) / this.canvas.framesPerSecond;
  }

  finish(label: string, { inputPath }: PlanContext): Drawn {
    const chains = this.#chains.map(({ to, ...rest }) => ({
      ...rest,
      to: to.map((one) => (one === label ? "video" : one)),
    }));
    const many = this.#inputs.length > DECODERS_WITH_THREADS_MAX;
    const inputs = many
      ? this.#inputs.map((one) => ({ ...one, options: ["-threads", "1", ...one.options] }))
      : this.#inputs;
    // A command has an input. Where nothing is decoded, it is opened and not read.
    return { inputs: inputs.length === 0 ? [{ path: inputPath, options: [] }] : inputs, graph: graph(chains) };
  }
}

function groundSteps({ color, widthPx, heightPx, framesPerSecond }: Canvas, frames: number): string {
  return chain([
    filter("color", { color, size: `${widthPx}x${heightPx}`, rate: frameRateText(framesPerSecond) }),
    filter("trim", { end_frame: 1 }),
    filter("setsar", [1]),
    // Painted as red, green and blue: the source itself knows the colours of standard definition only.
    filter("format", ["gbrp"]),
    filter("scale", { out_color_matrix: "bt709", out_range: "tv" }),
    inOneColour,
    // The same frame again and again, rather than as many conversions of it.
    filter("tpad", { stop: frames - 1, stop_mode: "clone" }),
  ]);
}

function drawClip(drawing: Drawing, ground: string, clip: ShownClip): Result<string, Failure> {
  const { source, item, field, startFrame, fromSeconds } = clip;
  const { video } = source;
  if (video === null) return ok(ground);
  const place = placeOn(drawing.canvas, displaySizeOf(video), item, field);
  if (!place.ok) return place;
  const seconds = fromSeconds + drawing.secondsSince(startFrame);
  const layer = mediaLayer(drawing, source, video, seconds, place.value);
  return ok(drawing.add([ground, layer], overlayAt(place.value)));
}

/** Both are laid on the same ground, and the second composite comes to stand over the first, ever less see-through. */
function drawMelting(drawing: Drawing, ground: string, show: Show & { of: "melting" }): Result<string, Failure> {
  const { framesPerSecond } = drawing.canvas;
  const [below = "", above = ""] = drawing.addForking([ground], "split", 2);
  const from = show.from === null ? ok(below) : drawClip(drawing, below, show.from);
  if (!from.ok) return from;
  const to = show.to === null ? ok(above) : drawClip(drawing, above, show.to);
  if (!to.ok) return to;
  const rate = frameRateText(framesPerSecond);
  // Amid the frame: neither the first nor the last of them is one clip alone.
  const elapsed = drawing.scene.startFrame - show.startFrame + 0.5;
  const veil = drawing.add(
    [to.value],
    chain([
      filter("format", ["yuva420p"]),
      filter("settb", ["AVTB"]),
      filter("setpts", [`(N+${numberText(elapsed)})/(${rate})/TB`]),
      filter("fade", { t: "in", alpha: 1, d: numberText((show.endFrame - show.startFrame) / framesPerSecond) }),
      filter("settb", [inverseOf(rate)]),
      filter("setpts", ["N"]),
    ]),
  );
  return ok(drawing.add([from.value, veil], filter("overlay")));
}

function drawSticker(
  drawing: Drawing,
  ground: string,
  { sticker, field, startFrame }: ShownSticker,
  context: PlanContext,
): Result<string, Failure> {
  const seconds = drawing.secondsSince(startFrame);
  if (sticker.assetId === null) {
    const source = sourceOf(sticker.mediaId, context);
    if (source.video === null) return fail({ code: "NO_VIDEO_STREAM", detail: field });
    const place = placeOn(drawing.canvas, displaySizeOf(source.video), sticker, field);
    if (!place.ok) return place;
    // A film that has ended stands still, and nothing can be sought behind its end.
    const until = Math.min(seconds, source.media.durationSeconds);
    return ok(
      drawing.add([ground, mediaLayer(drawing, source, source.video, until, place.value)], overlayAt(place.value)),
    );
  }
  const { path, info } = assetFile(context, sticker.assetId);
  if (info.kind !== "image") return fail({ code: "INVALID_PARAMETER", detail: `${field}.assetId: not a picture` });
  const place = placeOn(drawing.canvas, info, sticker, field);
  if (!place.ok) return place;
  const moves = info.format !== "png";
  const layer = drawing.add(
    [],
    chain([
      movie(path, info.format === "png" ? "png_pipe" : info.format),
      scaleSeeThrough(info, place.value),
      seeThrough,
      // All frames are kept in memory, in the size they are shown in.
      moves ? filter("loop", { loop: -1, size: 32_767 }) : null,
      atRate(drawing, moves ? seconds % info.durationSeconds : 0),
    ]),
  );
  return ok(drawing.add([ground, layer], overlayAt(place.value)));
}

/** A media from one of its seconds on, as many frames as the scene has. */
function mediaLayer(drawing: Drawing, source: Source, video: VideoStream, seconds: number, size: Size): string {
  const { path, media } = source;
  const look = hasAlpha(video)
    ? chain([scaleSeeThrough(displaySizeOf(video), size), seeThrough])
    : chain([toneMapFilter(video, size) ?? toOneColour(video, size), filter("setsar", [1]), inOneColour]);
  if (media.durationSeconds === 0) {
    const label = drawing.input({ path, options: [] }, video.index);
    return drawing.add([label], chain([look, atRate(drawing, 0)]));
  }
  const seek = seekTo(seconds, media);
  // From the key frame before: the frame that is on screen when the scene begins may have begun before it.
  const label = drawing.input({ path, options: ["-noaccurate_seek", ...seek.input] }, video.index);
  return drawing.add([label], chain([deinterlaceFilter(video), atRate(drawing, seek.surplusSeconds), look]));
}

/** Frames of the time line; what is on screen stays so until there is something else, or to the end. */
function atRate({ canvas, frames }: Drawing, startSeconds: number): string {
  return chain([
    // Before the rate changes, as a single picture may be shorter than half a frame, of which nothing would be left.
    filter("tpad", { stop: -1, stop_mode: "clone" }),
    filter("fps", { fps: frameRateText(canvas.framesPerSecond), start_time: numberText(startSeconds) }),
    filter("trim", { end_frame: frames }),
    filter("setpts", ["PTS-STARTPTS"]),
  ]);
}

/** In the colours of the canvas, with what is see-through kept so. */
const seeThrough = chain([
  filter("format", ["gbrap"]),
  filter("scale", { out_color_matrix: "bt709", out_range: "limited" }),
  filter("format", ["yuva420p"]),
]);

function hasAlpha({ pixelFormat }: VideoStream): boolean {
  return /^(rgba|argb|bgra|abgr|ya\d|yuva|gbrap|pal8)/.test(pixelFormat ?? "");
}

function overlayAt({ xPx, yPx }: Place): string {
  return filter("overlay", { x: xPx, y: yPx });
}

function inverseOf(rate: string): string {
  const [frames = "1", seconds = "1"] = rate.split("/");
  return `${seconds}/${frames}`;
}
