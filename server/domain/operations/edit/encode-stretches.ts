/** Clips of any kind, decoded, made alike and encoded as one film, without a frame more or less than asked for. */

import type { Failure } from "../../error.ts";
import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import { frameRateText } from "../../ffmpeg/frame-rate.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import type { VideoStream } from "../../media.ts";
import { IN_CLEAR } from "../../modifiers/encryption/encrypt.ts";
import type { CommandInput, Plan, PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import { deinterlaceFilter, placementFilter } from "../picture-filter.ts";
import { type Fill, placementOf } from "../picture-size.ts";
import { containerOutput } from "../transcode/container.ts";
import { toneMapFilter } from "../transcode/tone-map.ts";
import type { EditParams } from "./schema.ts";
import { type Stretch, secondsOf } from "./stretches.ts";
import { type PictureTarget, pictureTargetOf, type SoundTarget, soundTargetOf } from "./target.ts";

/** Quality at which nobody sees a loss: what is made here is worked on further. */
const CRF = 18;
const AUDIO_KBPS_PER_CHANNEL = 96;
/** All inputs are open at once, and each thread of a decoder keeps frames. */
const INPUTS_THREADED_MAX = 8;

/** One clip on its way into the film. */
interface Piece {
  stretch: Stretch;
  input: number;
  /** What is decoded before the clip begins. */
  surplusSeconds: number;
  /** Whole frames; 0 where the film has no picture. */
  frames: number;
  durationSeconds: number;
}

export function encodeStretches(
  params: EditParams,
  stretches: readonly Stretch[],
  { outputDir }: PlanContext,
): Result<Plan, Failure> {
  const picture = pictureTargetOf(params, stretches);
  const sound = soundTargetOf(stretches);
  const pieces = piecesOf(stretches, picture);
  const durationSeconds = pieces.reduce((sum, piece) => sum + piece.durationSeconds, 0);
  const { output, declared } = containerOutput(
    { container: "mp4", hlsSegmentSeconds: 0, hlsSegmentType: "ts" },
    {
      role: picture === null ? "audio" : "video",
      streamArgs: [...(picture === null ? [] : pictureArgs(picture)), ...(sound === null ? [] : soundArgs(sound))],
      facts: {
        durationSeconds,
        ...(picture === null ? {} : { ...picture.frame, videoCodec: "h264", framesPerSecond: picture.framesPerSecond }),
        ...(sound === null ? {} : { audioCodec: "aac" }),
      },
      videoTag: null,
      encryption: IN_CLEAR,
    },
    outputDir,
  );
  return ok({
    commands: [
      {
        inputs: pieces.map((piece) => inputOf(piece, stretches.length)),
        globals: ["-filter_complex", filmGraph(pieces, { picture, sound, fill: params.fill })],
        outputs: [output],
        expectedSeconds: secondsOf(stretches),
      },
    ],
    files: [],
    outputs: [declared],
    setsCover: false,
  });
}

/** Each clip's end is rounded to a frame, and not its length: a hundred roundings would add up. */
function piecesOf(stretches: readonly Stretch[], picture: PictureTarget | null): Piece[] {
  let endSeconds = 0;
  let endFrame = 0;
  return stretches.map((stretch, input) => {
    const { surplusSeconds } = seekTo(stretch.startSeconds, stretch.media);
    const { durationSeconds } = stretch;
    if (picture === null) return { stretch, input, surplusSeconds, frames: 0, durationSeconds };
    endSeconds += durationSeconds;
    const frames = Math.max(1, Math.round(endSeconds * picture.framesPerSecond) - endFrame);
    endFrame += frames;
    return { stretch, input, surplusSeconds, frames, durationSeconds: frames / picture.framesPerSecond };
  });
}

function inputOf({ stretch, surplusSeconds, durationSeconds }: Piece, inputs: number): CommandInput {
  const { path, media, startSeconds, whole } = stretch;
  return {
    path,
    options: [
      ...(inputs > INPUTS_THREADED_MAX ? ["-threads", "1"] : []),
      // From the key frame before, whose frames may be on screen when the clip begins; the filters know where that is.
      ...["-noaccurate_seek", ...seekTo(startSeconds, media).input],
      // A second more than needed, so that nothing at the end is missed.
      ...(whole ? [] : ["-t", numberText(surplusSeconds + durationSeconds + 1)]),
    ],
  };
}

interface Film {
  picture: PictureTarget | null;
  sound: SoundTarget | null;
  fill: Fill;
}

function filmGraph(pieces: readonly Piece[], { picture, sound, fill }: Film): string {
  const parts = pieces.map((piece) => {
    const { stretch, input } = piece;
    const { video, audio } = stretch;
    return [
      ...(picture === null
        ? []
        : [
            {
              from: video === null ? [] : [`${input}:${video.index}`],
              steps: video === null ? blackness(piece, picture) : pictureSteps(piece, video, picture, fill),
              to: [`v${input}`],
            },
          ]),
      ...(sound === null
        ? []
        : [
            {
              from: audio === null ? [] : [`${input}:${audio.index}`],
              steps: audio === null ? silence(piece, sound) : soundSteps(piece, sound),
              to: [`a${input}`],
            },
          ]),
    ];
  });
  const film = [...(picture === null ? [] : ["video"]), ...(sound === null ? [] : ["audio"])];
  const joined = filter("concat", {
    n: pieces.length,
    v: picture === null ? 0 : 1,
    a: sound === null ? 0 : 1,
  });
  return graph([...parts.flat(), { from: parts.flat().flatMap(({ to }) => to), steps: joined, to: film }]);
}

function pictureSteps(
  { surplusSeconds, frames }: Piece,
  video: VideoStream,
  { frame, framesPerSecond }: PictureTarget,
  fill: Fill,
): string {
  const wish = { ...frame, resolutionAdaptive: false };
  const placement = placementOf(video, wish, fill, 2);
  return chain([
    deinterlaceFilter(video),
    // The first frame is the one on screen when the clip begins, also where it began before (slides) or begins after it.
    filter("fps", { fps: frameRateText(framesPerSecond), start_time: numberText(surplusSeconds) }),
    // Sound is often longer than its picture, whose last frame stays.
    filter("tpad", { stop: -1, stop_mode: "clone" }),
    filter("trim", { end_frame: frames }),
    filter("setpts", ["PTS-STARTPTS"]),
    toneMapFilter(video, placement.picture) ??
      // Sizes and colours in one step; where the picture is placed, nothing is left to scale.
      filter("scale", {
        ...{ w: placement.picture.widthPx, h: placement.picture.heightPx },
        ...{ in_color_matrix: matrixOf(video), out_color_matrix: "bt709", out_range: "tv" },
      }),
    placementFilter(placement, fill),
    inOneColour,
  ]);
}

/** What all clips say of their colours, and the film after them. */
const inOneColour = chain([
  filter("format", ["yuv420p"]),
  filter("setparams", { range: "tv", color_primaries: "bt709", color_trc: "bt709", colorspace: "bt709" }),
]);

/** Where a file does not say, its size tells what players take it for. */
function matrixOf({ colourMatrix, heightPx, widthPx }: VideoStream): string {
  return colourMatrix ?? (Math.min(widthPx, heightPx) >= 720 ? "bt709" : "bt601");
}

function blackness({ frames }: Piece, { frame, framesPerSecond }: PictureTarget): string {
  const size = `${frame.widthPx}x${frame.heightPx}`;
  return chain([
    filter("color", { color: "black", size, rate: frameRateText(framesPerSecond) }),
    filter("trim", { end_frame: frames }),
    filter("setsar", [1]),
    inOneColour,
  ]);
}

function soundSteps({ surplusSeconds, durationSeconds }: Piece, sound: SoundTarget): string {
  const { sampleRateHz, layout } = sound;
  return chain([
    // From the clip's beginning on without a gap: what comes before is dropped, and silence stands where there is nothing.
    filter("aresample", { osr: sampleRateHz, async: 1, first_pts: Math.round(surplusSeconds * sampleRateHz) }),
    filter("aformat", { sample_fmts: "fltp", sample_rates: sampleRateHz, channel_layouts: layout }),
    filter("asetpts", ["PTS-STARTPTS"]),
    filter("apad", { whole_dur: numberText(durationSeconds) }),
    filter("atrim", { end: numberText(durationSeconds) }),
  ]);
}

function silence({ durationSeconds }: Piece, { sampleRateHz, layout }: SoundTarget): string {
  return chain([
    filter("anullsrc", { sample_rate: sampleRateHz, channel_layout: layout }),
    filter("aformat", { sample_fmts: "fltp" }),
    filter("atrim", { end: numberText(durationSeconds) }),
  ]);
}

function pictureArgs({ framesPerSecond }: PictureTarget): string[] {
  return [
    ...["-map", "[video]"],
    // Every clip has whole frames; where they meet, one may stand a hair beside its place.
    ...["-fps_mode", "cfr", "-r", frameRateText(framesPerSecond)],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", String(CRF), "-pix_fmt", "yuv420p"],
    // Found quickly when it is cut again.
    ...["-g", String(Math.max(1, Math.round(2 * framesPerSecond)))],
  ];
}

function soundArgs({ channels }: SoundTarget): string[] {
  return ["-map", "[audio]", "-c:a", "aac", "-b:a", `${channels * AUDIO_KBPS_PER_CHANNEL}k`];
}
