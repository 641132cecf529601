import { chain, filter } from "../../ffmpeg/filter.ts";
import type { VideoStream } from "../../media.ts";
import { placementFilter } from "../picture-filter.ts";
import { placementOf, type Size } from "../picture-size.ts";
import { enhancement, interpolatedRate, wholeFrames } from "./enhance.ts";
import { toneMapFilter } from "./tone-map.ts";
import type { TranscodeVideo } from "./transcode-video.ts";
import type { VideoCodec, VideoParams } from "./video-params.ts";

/** Quality where neither a bit rate nor a quality is asked for: what each encoder's makers call good. */
const CRF_DEFAULT: Record<VideoCodec, number> = { h264: 23, h265: 28, av1: 35 };

export interface EncodedVideo {
  /** Output options, from `-map` on. */
  args: readonly string[];
  size: Size;
  /** 0 when unknown. */
  framesPerSecond: number;
}

/** Where key frames must stand for the container to be cut there; null where it is not cut. */
export type CutEverySeconds = number | null;

/** The output options that encode one video stream. `marks` are laid on the finished frame. */
export function encodeVideo(
  params: TranscodeVideo,
  source: VideoStream,
  cut: CutEverySeconds,
  marks: string | null,
): EncodedVideo {
  // Chroma of 4:2:0 has half the size, so the sides must be even.
  const placement = placementOf(source, params, params.fill, 2);
  const { enhance } = params;
  const framesPerSecond = interpolatedRate(enhance, source) || params.framesPerSecond || source.framesPerSecond;
  const picture = chain([
    wholeFrames(enhance, source),
    // First, so that frames which are dropped are not scaled.
    params.framesPerSecond > 0 ? filter("fps", [params.framesPerSecond]) : null,
    // Before anything that counts on ordinary brightness, and before black or white bars.
    params.preserveHdr ? null : toneMapFilter(source, placement.picture),
    enhance === null ? null : enhancement(enhance, source, placement.picture),
    placementFilter(placement, params.fill),
    marks,
  ]);
  const args = [
    ...["-map", `0:${source.index}`],
    ...["-filter:v", picture],
    // Frames keep their times: unevenly spaced ones are neither repeated nor dropped to make them even.
    ...["-fps_mode", "vfr"],
    ...encodingArgs(params, source, keyFrameArgs(params, framesPerSecond, cut)),
  ];
  return { args, size: placement.frame, framesPerSecond };
}

export function keepsHdr(params: VideoParams, source: VideoStream): boolean {
  return params.preserveHdr && source.dynamicRange !== "sdr";
}

/** Encoder, pixels, rate and key frames: what is said of a picture once its filters are named. Options and values in turn. */
export function encodingArgs(params: VideoParams, source: VideoStream, keyFrames: readonly string[]): string[] {
  return [
    ...encoderArgs(params),
    // Other layouts (4:2:2, 4:4:4, 10 bit) play in hardly any browser; HDR needs its 10 bits.
    ...["-pix_fmt", keepsHdr(params, source) ? "yuv420p10le" : "yuv420p"],
    ...rateArgs(params),
    ...keyFrames,
    ...(params.bFrames === null ? [] : ["-bf", String(params.bFrames)]),
  ];
}

function encoderArgs({ codec, profile }: VideoParams): string[] {
  switch (codec) {
    case "h264":
      // veryfast: half the time of the default preset for about a tenth more bits.
      return ["-c:v", "libx264", "-preset", "veryfast", ...(profile === "default" ? [] : ["-profile:v", profile])];
    case "h265":
      return ["-c:v", "libx265", "-preset", "veryfast"];
    case "av1":
      return ["-c:v", "libsvtav1", "-preset", "8"];
  }
}

function rateArgs({ codec, rateMode, bitrateKbps, crf }: VideoParams): string[] {
  if (rateMode === "crf") return ["-crf", String(crf)];
  if (bitrateKbps === 0) return ["-crf", String(CRF_DEFAULT[codec])];
  const kbps = (value: number) => `${Math.round(value)}k`;
  const average = ["-b:v", kbps(bitrateKbps)];
  switch (rateMode) {
    case "abr":
      return average;
    case "vbr":
      // Peaks of one and a half times the average, over two seconds: a player that loads at the average rate keeps up.
      return [...average, "-maxrate", kbps(1.5 * bitrateKbps), "-bufsize", kbps(2 * bitrateKbps)];
    case "cbr": {
      const constant = [...average, "-maxrate", kbps(bitrateKbps), "-bufsize", kbps(bitrateKbps)];
      // Without it x264 only limits the peaks, and still pictures fall below the rate.
      return codec === "h264" ? [...constant, "-x264-params", "nal-hrd=cbr"] : constant;
    }
  }
}

/** libx265 is chatty, and its open GOPs cannot be cut or sought at every key frame. */
export const X265_PARAMS = "log-level=warning:open-gop=0";

/** Largest distance of two key frames; 0 where the encoder chooses. */
export function gopFramesOf({ gop, gopUnit }: VideoParams, framesPerSecond: number): number {
  return gopUnit === "frame" ? gop : Math.round(gop * framesPerSecond);
}

function keyFrameArgs(params: VideoParams, framesPerSecond: number, cut: CutEverySeconds): string[] {
  const { codec, gop, gopUnit } = params;
  const x265 = codec === "h265" ? ["-x265-params", X265_PARAMS, "-forced-idr", "1"] : [];
  // Evenly spaced in time whatever the frame rate, and at the same times in every rendition of a media.
  const everySeconds = cut ?? (gopUnit === "second" && gop > 0 ? gop : null);
  // libsvtav1 takes no forced key frames, only a number of frames.
  const forced = everySeconds !== null && codec !== "av1";
  const gopFrames = gopFramesOf(params, framesPerSecond);
  return [
    ...x265,
    ...(gopFrames > 0 ? ["-g", String(gopFrames)] : []),
    ...(forced ? ["-force_key_frames", `expr:gte(t,n_forced*${everySeconds})`] : []),
  ];
}
