/** One clip on its way into a film: decoded and made like the others, without a frame or a sample more or less than asked for. */
import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import { frameRateText } from "../../ffmpeg/frame-rate.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import type { VideoStream } from "../../media.ts";
import type { CommandInput } from "../../plan.ts";
import { deinterlaceFilter, placementFilter } from "../picture-filter.ts";
import { type Fill, placementOf, type Size } from "../picture-size.ts";
import { toneMapFilter } from "../transcode/tone-map.ts";
import type { Stretch } from "./stretches.ts";
import type { PictureTarget, SoundTarget } from "./target.ts";

/** What every piece of a film is like. */
export interface Film {
  picture: PictureTarget | null;
  sound: SoundTarget | null;
  fill: Fill;
}

export interface Piece {
  stretch: Stretch;
  /** What is decoded before the clip begins. */
  surplusSeconds: number;
  /** Whole frames; 0 where the film has no picture. */
  frames: number;
  /** Of each channel; 0 where the film has no sound. */
  samples: number;
  durationSeconds: number;
}

/** Each clip's end is rounded to a frame and a sample, and not its length: a hundred roundings would add up. */
export function piecesOf(stretches: readonly Stretch[], { picture, sound }: Omit<Film, "fill">): Piece[] {
  let askedSeconds = 0;
  let endFrame = 0;
  let endSample = 0;
  return stretches.map((stretch) => {
    const beginSeconds = picture === null ? askedSeconds : endFrame / picture.framesPerSecond;
    askedSeconds += stretch.durationSeconds;
    const frames = picture === null ? 0 : Math.max(1, Math.round(askedSeconds * picture.framesPerSecond) - endFrame);
    endFrame += frames;
    const endSeconds = picture === null ? askedSeconds : endFrame / picture.framesPerSecond;
    const samples = sound === null ? 0 : Math.round(endSeconds * sound.sampleRateHz) - endSample;
    endSample += samples;
    const { surplusSeconds } = seekTo(stretch.startSeconds, stretch.media);
    return { stretch, surplusSeconds, frames, samples, durationSeconds: endSeconds - beginSeconds };
  });
}

export function pieceInput({ stretch: { path, media, startSeconds } }: Piece): CommandInput {
  // From the key frame before, whose frames may be on screen when the clip begins; the filters know where that is, and
  // end the reading when they have enough. (`-t` would count from that key frame, wherever it is.)
  return { path, options: ["-noaccurate_seek", ...seekTo(startSeconds, media).input] };
}

/** From the first input to `[video]` and `[audio]`. */
export function pieceGraph(piece: Piece, { picture, sound, fill }: Film): string {
  const { video, audio } = piece.stretch;
  return graph([
    ...(picture === null
      ? []
      : [
          {
            from: video === null ? [] : [`0:${video.index}`],
            steps: video === null ? blackness(piece, picture) : pictureSteps(piece, video, picture, fill),
            to: ["video"],
          },
        ]),
    ...(sound === null
      ? []
      : [
          {
            from: audio === null ? [] : [`0:${audio.index}`],
            steps: audio === null ? silence(piece.samples, sound) : soundSteps(piece, sound),
            to: ["audio"],
          },
        ]),
  ]);
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
    // Sizes and colours in one step; where the picture is placed, nothing is left to scale.
    toneMapFilter(video, placement.picture) ?? toOneColour(video, placement.picture),
    placementFilter(placement, fill),
    inOneColour,
  ]);
}

export function toOneColour(video: VideoStream, { widthPx, heightPx }: Size): string {
  const matrices = { in_color_matrix: matrixOf(video), out_color_matrix: "bt709" };
  return filter("scale", { w: widthPx, h: heightPx, ...matrices, out_range: "tv" });
}

/** What all clips say of their colours, and the film after them. */
export const inOneColour = chain([
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

function soundSteps({ surplusSeconds, samples }: Piece, sound: SoundTarget): string {
  return chain([
    // From the clip's beginning on without a gap: what comes before is dropped, and silence stands where there is nothing.
    inOneSound(sound, Math.round(surplusSeconds * sound.sampleRateHz)),
    filter("asetpts", ["PTS-STARTPTS"]),
    filter("apad", { whole_len: samples }),
    filter("atrim", { end_sample: samples }),
  ]);
}

/** The rate and the channels of the film, and a sample for every moment from the given one on. */
export function inOneSound({ sampleRateHz, layout }: SoundTarget, firstSample: number): string {
  return chain([
    filter("aresample", { osr: sampleRateHz, async: 1, first_pts: firstSample }),
    filter("aformat", { sample_fmts: "fltp", sample_rates: sampleRateHz, channel_layouts: layout }),
  ]);
}

export function silence(samples: number, { sampleRateHz, layout }: SoundTarget): string {
  return chain([
    filter("anullsrc", { sample_rate: sampleRateHz, channel_layout: layout }),
    filter("aformat", { sample_fmts: "fltp" }),
    filter("atrim", { end_sample: samples }),
  ]);
}
