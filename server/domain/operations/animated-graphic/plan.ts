import type { Failure } from "../../error.ts";
import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import { HELD_FRAMES } from "../../ffmpeg/held-frames.ts";
import { type Seek, seekTo } from "../../ffmpeg/seek.ts";
import type { VideoStream } from "../../media.ts";
import type { Command, CommandInput, CommandOutput, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { progressOutput } from "../sampling.ts";
import { lookOf } from "../snapshot/picture.ts";
import { type TimeRange, timeRangeOf } from "../time-range.ts";
import type { AnimatedGraphicParams } from "./schema.ts";

/** More frames than this are a film, and a film is not wanted as a GIF. */
const FRAMES_MAX = 20_000;

/** The format has 14 bits for a side. */
const WEBP_SIDE_PX_MAX = 16_383;

/** A palette is known when the last frame was seen. Until then the frames wait in memory, if there is room for them. */
const WAITING_BYTES_MAX = 256 * 1024 ** 2;

/** A stretch of the video that moves by itself and begins anew for ever, without sound. */
export function planAnimatedGraphic(params: AnimatedGraphicParams, context: PlanContext): Result<Plan, Failure> {
  const { media, outputDir } = context;
  const { video } = media;
  if (video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  if (media.durationSeconds === 0) return fail({ code: "NO_DURATION", detail: media.formatName });
  const range = timeRangeOf(params, media.durationSeconds);
  if (!range.ok) return range;
  const { durationSeconds } = range.value;
  // 1 s at 10 fps has frames at 0 to 0.9 s; of 1.1 × 10 the multiplication may leave 11.000000000000002.
  const frames = Math.max(1, Math.ceil(durationSeconds * params.framesPerSecond - 1e-6));
  if (frames > FRAMES_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `framesPerSecond: ${frames} > ${FRAMES_MAX} frames` });

  // A GIF has the colours of screens, as PNG has.
  const { steps, size } = lookOf({ ...params, format: params.format === "gif" ? "png" : "webp" }, video);
  if (params.format === "webp" && Math.max(size.widthPx, size.heightPx) > WEBP_SIDE_PX_MAX)
    return fail({
      code: "INVALID_PARAMETER",
      detail: `widthPx: ${size.widthPx}x${size.heightPx} is too large for WebP`,
    });

  // After the picture's end there is nothing to seek to; its last frame stays.
  const seek = seekTo(Math.min(range.value.startSeconds, video.durationSeconds ?? media.durationSeconds), media);
  const shot: Shot = {
    context,
    video,
    seek,
    range: range.value,
    look: chain([framesFilter(seek, params.framesPerSecond, frames), steps]),
    path: `${outputDir}/animation.${params.format}`,
  };
  const frameBytes = 4 * size.widthPx * size.heightPx;
  return ok({
    commands: params.format === "webp" ? webpCommands(shot, params) : gifCommands(shot, params, frames * frameBytes),
    files: [],
    outputs: [
      {
        ...{ role: "image", name: `animation.${params.format}`, contentType: `image/${params.format}` },
        facts: { ...size, durationSeconds: frames / params.framesPerSecond, framesPerSecond: params.framesPerSecond },
        ...{ parts: null, probe: false },
      },
    ],
    setsCover: false,
  });
}

interface Shot {
  context: PlanContext;
  video: VideoStream;
  seek: Seek;
  range: TimeRange;
  /** Filters that give the frames as they are to be seen. */
  look: string;
  path: string;
}

/** Exactly so many frames; each shows what is on screen at its time. */
function framesFilter({ surplusSeconds }: Seek, framesPerSecond: number, frames: number): string {
  return chain([
    HELD_FRAMES,
    filter("trim", { start: numberText(surplusSeconds) }),
    filter("setpts", ["PTS-STARTPTS"]),
    filter("fps", { fps: framesPerSecond, round: "up", start_time: 0 }),
    filter("trim", { end_frame: frames }),
  ]);
}

function webpCommands(shot: Shot, { quality }: AnimatedGraphicParams): Command[] {
  const options = [
    ...["-map", `0:${shot.video.index}`, "-filter:v", shot.look],
    ...["-c:v", "libwebp_anim", "-quality", String(quality), "-pix_fmt", "yuv420p", ...FOR_EVER, "-f", "webp"],
  ];
  return [commandOf(shot, [], { path: shot.path, options })];
}

/** Both formats count how often they are to be shown; 0 is without end. */
const FOR_EVER = ["-loop", "0"];

function gifCommands(shot: Shot, { quality }: AnimatedGraphicParams, allFramesBytes: number): Command[] {
  const source = `0:${shot.video.index}`;
  const palette = filter("palettegen", { max_colors: Math.max(4, Math.round(2.56 * quality)) });
  // What stands still is not dithered anew in every frame: it does not flicker, and costs nothing.
  const coloured = filter("paletteuse", { diff_mode: "rectangle" });
  const gif: CommandOutput = { path: shot.path, options: ["-map", "[gif]", ...FOR_EVER, "-f", "gif"] };
  if (allFramesBytes <= WAITING_BYTES_MAX) {
    const inOnePass = graph([
      { from: [source], steps: chain([shot.look, "split"]), to: ["seen", "kept"] },
      { from: ["seen"], steps: palette, to: ["palette"] },
      { from: ["kept", "palette"], steps: coloured, to: ["gif"] },
    ]);
    return [commandOf(shot, ["-filter_complex", inOnePass], gif)];
  }
  const palettePath = `${shot.context.scratchDir}/palette.png`;
  const paletteFile: CommandOutput = {
    path: palettePath,
    options: [
      ...["-map", source, "-filter:v", chain([shot.look, palette])],
      ...["-frames:v", "1", "-c:v", "png", "-f", "image2", "-update", "1"],
    ],
  };
  const withPalette = graph([
    { from: [source], steps: shot.look, to: ["frames"] },
    { from: ["frames", "1:0"], steps: coloured, to: ["gif"] },
  ]);
  return [
    commandOf(shot, [], paletteFile),
    // Its number pattern is not looked for when the file is read as a stream of pictures.
    commandOf(shot, ["-filter_complex", withPalette], gif, { path: palettePath, options: ["-f", "png_pipe"] }),
  ];
}

function commandOf(
  { context, video, seek, range }: Shot,
  globals: readonly string[],
  output: CommandOutput,
  ...more: CommandInput[]
): Command {
  // Keep what is decoded from the key frame on: among it is the frame that is still on screen at the start.
  const options = seek.input.length === 0 ? [] : ["-noaccurate_seek", ...seek.input];
  const readSeconds = seek.surplusSeconds + range.durationSeconds;
  const progress = progressOutput(video);
  return {
    inputs: [{ path: context.inputPath, options }, ...more],
    globals,
    outputs: [
      output,
      // Without a limit it would read on to the end of the source.
      range.whole ? progress : { ...progress, options: ["-t", numberText(readSeconds), ...progress.options] },
    ],
    expectedSeconds: readSeconds,
  };
}
