import type { Failure } from "../../error.ts";
import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import type { VideoStream } from "../../media.ts";
import type { Command, CommandInput, CommandOutput, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { progressOutput } from "../sampling.ts";
import { lookOf } from "../snapshot/picture.ts";
import { type TimeRange, timeRangeOf } from "../time-range.ts";
import type { AnimatedGraphicParams, AnimationFormat } from "./schema.ts";
import { framesOf, inputsOf, type Shot, type ShotFrames, shotOf } from "./shot.ts";

/** More frames than this are a film, and a film is not wanted as a GIF. */
const FRAMES_MAX = 20_000;

/** The format has 14 bits for a side. */
const WEBP_SIDE_PX_MAX = 16_383;

/** A palette is known when the last frame was seen. Until then the frames wait in memory, if there is room for them. */
const WAITING_BYTES_MAX = 256 * 1024 ** 2;

const FORMATS: Record<AnimationFormat, { role: "image" | "video"; contentType: string }> = {
  gif: { role: "image", contentType: "image/gif" },
  webp: { role: "image", contentType: "image/webp" },
  mp4: { role: "video", contentType: "video/mp4" },
};

/** A stretch of the video, or parts from all over it, that moves by itself and without sound. */
export function planAnimatedGraphic(params: AnimatedGraphicParams, context: PlanContext): Result<Plan, Failure> {
  const { media, outputDir } = context;
  const { format, framesPerSecond } = params;
  const { video } = media;
  if (video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  if (media.durationSeconds === 0) return fail({ code: "NO_DURATION", detail: media.formatName });
  const range = timeRangeOf(params, media.durationSeconds);
  if (!range.ok) return range;
  const shot = shotOf(params, range.value, media, video);
  const frames = shot.parts.length * shot.framesOfPart;
  if (frames > FRAMES_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `framesPerSecond: ${frames} > ${FRAMES_MAX} frames` });

  // A GIF has the colours of screens, as PNG has; a video keeps its own.
  const { steps: look, size } = lookOf({ ...params, format: format === "webp" ? "webp" : "png" }, video);
  if (format === "webp" && Math.max(size.widthPx, size.heightPx) > WEBP_SIDE_PX_MAX)
    return fail({
      code: "INVALID_PARAMETER",
      detail: `widthPx: ${size.widthPx}x${size.heightPx} is too large for WebP`,
    });

  const seen = framesOf(shot, video);
  const animation: Animation = {
    context,
    video,
    range: range.value,
    shot,
    frames: { ...seen, steps: chain([seen.steps, look]) },
    path: `${outputDir}/animation.${format}`,
  };
  const allFramesBytes = 4 * size.widthPx * size.heightPx * frames;
  return ok({
    commands:
      format === "gif"
        ? gifCommands(animation, params, allFramesBytes)
        : [simpleCommand(animation, animation.frames, { path: animation.path, options: encodingOf(format, params) })],
    files: [],
    outputs: [
      {
        ...{ ...FORMATS[format], name: `animation.${format}` },
        facts: { ...size, durationSeconds: frames / framesPerSecond, framesPerSecond },
        ...{ parts: null, probe: false },
      },
    ],
    setsCover: false,
  });
}

interface Animation {
  context: PlanContext;
  video: VideoStream;
  range: TimeRange;
  shot: Shot;
  /** As they are to be seen. */
  frames: ShotFrames;
  path: string;
}

/** Both formats count how often they are to be shown; 0 is without end. */
const FOR_EVER = ["-loop", "0"];

function encodingOf(format: "webp" | "mp4", { quality }: AnimatedGraphicParams): string[] {
  if (format === "webp")
    return ["-c:v", "libwebp_anim", "-quality", String(quality), "-pix_fmt", "yuv420p", ...FOR_EVER, "-f", "webp"];
  return [
    // 75 is a CRF of 21: as good as a rendition. 8 bits of half-size chroma play everywhere.
    ...["-c:v", "libx264", "-crf", String(Math.round(51 - 0.4 * quality)), "-pix_fmt", "yuv420p"],
    // Its index in front: it plays while it loads.
    ...["-movflags", "+faststart", "-f", "mp4"],
  ];
}

/** One stream of frames in, one file out. */
function simpleCommand(
  animation: Animation,
  { chains, from, steps }: ShotFrames,
  { path, options }: CommandOutput,
): Command {
  const [source, ...others] = from;
  if (source !== undefined && others.length === 0)
    return commandOf(animation, [], { path, options: ["-map", source, "-filter:v", steps, ...options] });
  const whole = graph([...chains, { from, steps, to: ["frames"] }]);
  return commandOf(animation, ["-filter_complex", whole], { path, options: ["-map", "[frames]", ...options] });
}

function gifCommands(animation: Animation, { quality }: AnimatedGraphicParams, allFramesBytes: number): Command[] {
  const { context, frames, path, shot } = animation;
  const { chains, from, steps } = frames;
  const palette = filter("palettegen", { max_colors: Math.max(4, Math.round(2.56 * quality)) });
  // What stands still is not dithered anew in every frame: it does not flicker, and costs nothing.
  const coloured = filter("paletteuse", { diff_mode: "rectangle" });
  const gif: CommandOutput = { path, options: ["-map", "[gif]", ...FOR_EVER, "-f", "gif"] };
  if (allFramesBytes <= WAITING_BYTES_MAX) {
    const inOnePass = graph([
      ...chains,
      { from, steps: chain([steps, "split"]), to: ["seen", "kept"] },
      { from: ["seen"], steps: palette, to: ["palette"] },
      { from: ["kept", "palette"], steps: coloured, to: ["gif"] },
    ]);
    return [commandOf(animation, ["-filter_complex", inOnePass], gif)];
  }
  const palettePath = `${context.scratchDir}/palette.png`;
  const paletteFile: CommandOutput = {
    path: palettePath,
    options: ["-frames:v", "1", "-c:v", "png", "-f", "image2", "-update", "1"],
  };
  const withPalette = graph([
    ...chains,
    { from, steps, to: ["frames"] },
    { from: ["frames", `${shot.parts.length}:0`], steps: coloured, to: ["gif"] },
  ]);
  return [
    simpleCommand(animation, { ...frames, steps: chain([steps, palette]) }, paletteFile),
    // Its number pattern is not looked for when the file is read as a stream of pictures.
    commandOf(animation, ["-filter_complex", withPalette], gif, { path: palettePath, options: ["-f", "png_pipe"] }),
  ];
}

function commandOf(
  { context, video, range, shot }: Animation,
  globals: readonly string[],
  output: CommandOutput,
  ...more: CommandInput[]
): Command {
  const readSeconds = shot.parts.reduce((sum, part) => sum + part.seek.surplusSeconds + part.durationSeconds, 0);
  const progress = progressOutput(video);
  return {
    inputs: [...inputsOf(shot, context.inputPath), ...more],
    globals,
    outputs: [
      output,
      // Of several parts, reading the first would say little; they are short.
      ...(shot.parts.length > 1
        ? []
        : // Without a limit it would read on to the end of the source.
          [range.whole ? progress : { ...progress, options: ["-t", numberText(readSeconds), ...progress.options] }]),
    ],
    expectedSeconds: readSeconds,
  };
}
