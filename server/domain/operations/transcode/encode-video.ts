import { chain, filter } from "../../ffmpeg/filter.ts";
import { frameRateText } from "../../ffmpeg/frame-rate.ts";
import type { VideoStream } from "../../media.ts";
import { placementFilter } from "../picture-filter.ts";
import { placementOf, type Size } from "../picture-size.ts";
import { areaSteps, croppedSource } from "./areas.ts";
import { adaptsToContent, followingContent } from "./content-adaptive.ts";
import { enhancement, interpolatedRate, wholeFrames } from "./enhance.ts";
import { pictureAtSpeed, rateAtSpeed } from "./playback-speed.ts";
import { toneMapFilter } from "./tone-map.ts";
import type { TranscodeVideo } from "./transcode-video.ts";
import type { VideoCodec, VideoParams } from "./video-params.ts";

/** Quality where neither a bit rate nor a quality is asked for: what each encoder's makers call good. */
const CRF_DEFAULT: Record<VideoCodec, number> = { h264: 23, h265: 28, av1: 35, vp9: 32 };

export interface EncodedVideo {
  /** Output options, from `-map` on. */
  args: readonly string[];
  /** Those of them that two pictures must share to follow one another, and the filters before them. */
  encoding: readonly string[];
  filter: string;
  size: Size;
  /** 0 when unknown. */
  framesPerSecond: number;
}

/** Where key frames must stand for the container to be cut there; null where it is not cut. */
export type CutEverySeconds = number | null;

/** The output options that encode one video stream. `drawn` comes upon the finished frame. */
export function encodeVideo(
  params: TranscodeVideo,
  stored: VideoStream,
  cut: CutEverySeconds,
  speed: number,
  drawn: string,
): EncodedVideo {
  const source = { ...stored, framesPerSecond: rateAtSpeed(speed, stored) };
  // Chroma of 4:2:0 has half the size, so the sides must be even.
  const placement = placementOf(croppedSource(source, params), params, params.fill, 2);
  const { enhance } = params;
  const evenRate = evenRateOf(params, source, speed);
  const framesPerSecond = interpolatedRate(enhance, source) || evenRate || source.framesPerSecond;
  const areas = areaSteps(params, source);
  const filters = chain([
    wholeFrames(enhance, source),
    pictureAtSpeed(speed),
    // Early, so that frames which are dropped are not scaled.
    evenRate > 0 ? filter("fps", [frameRateText(evenRate)]) : null,
    // Before anything that counts on ordinary brightness, and before black or white bars. Areas are those of the whole size.
    params.preserveHdr ? null : toneMapFilter(source, areas === "" ? placement.picture : source),
    areas,
    enhance === null ? null : enhancement(enhance, source, placement.picture),
    placementFilter(placement, params.fill),
    drawn,
  ]);
  const encoding = encodingArgs(
    params,
    source,
    keyFrameArgs(params, framesPerSecond, cut),
    effortOf(params, placement.frame, framesPerSecond),
  );
  const args = [
    ...["-map", `0:${source.index}`],
    ...["-filter:v", filters],
    // Frames keep their times: unevenly spaced ones are neither repeated nor dropped to make them even.
    ...["-fps_mode", "vfr"],
    ...encoding,
  ];
  return { args, encoding, filter: filters, size: placement.frame, framesPerSecond };
}

/** Frames a second that are to be evenly spaced; 0 where they come as the source has them. */
function evenRateOf(params: TranscodeVideo, source: VideoStream, speed: number): number {
  const { framesPerSecond: asked, framesPerSecondMax: limit } = params;
  if (asked > 0) return asked;
  // 29.97 means 30000/1001.
  if (limit > 0 && source.framesPerSecond > limit + 0.01) return limit;
  return speed === 1 ? 0 : source.framesPerSecond;
}

/** How hard an encoder searches, and what it may spend. */
interface Effort {
  preset: "veryfast" | "fast" | "medium";
  rate: readonly string[];
}

function effortOf(params: TranscodeVideo, size: Size, framesPerSecond: number): Effort {
  const { codec, contentAdaptive } = params;
  return contentAdaptive !== null && adaptsToContent(codec)
    ? followingContent(codec, contentAdaptive, size, framesPerSecond)
    : quickEffort(params);
}

function quickEffort(params: VideoParams): Effort {
  // veryfast: half the time of the default preset for about a tenth more bits.
  return { preset: "veryfast", rate: rateArgs(params) };
}

export function keepsHdr(params: VideoParams, source: VideoStream): boolean {
  return params.preserveHdr && source.dynamicRange !== "sdr";
}

/** Encoder, pixels, rate and key frames: what is said of a picture once its filters are named. Options and values in turn. */
export function encodingArgs(
  params: VideoParams,
  source: VideoStream,
  keyFrames: readonly string[],
  { preset, rate }: Effort = quickEffort(params),
): string[] {
  return [
    ...encoderArgs(params, preset),
    // Other layouts (4:2:2, 4:4:4, 10 bit) play in hardly any browser; HDR needs its 10 bits.
    ...["-pix_fmt", keepsHdr(params, source) ? "yuv420p10le" : "yuv420p"],
    ...rate,
    ...keyFrames,
    ...(params.bFrames === null ? [] : ["-bf", String(params.bFrames)]),
  ];
}

function encoderArgs({ codec, profile }: VideoParams, preset: Effort["preset"]): string[] {
  switch (codec) {
    case "h264":
      return ["-c:v", "libx264", "-preset", preset, ...(profile === "default" ? [] : ["-profile:v", profile])];
    case "h265":
      return ["-c:v", "libx265", "-preset", preset];
    case "av1":
      return ["-c:v", "libsvtav1", "-preset", "8"];
    case "vp9":
      return [
        // 4 of 0 to 5: half the time of what ffmpeg would choose (1), for hardly any more bits.
        ...["-c:v", "libvpx-vp9", "-deadline", "good", "-cpu-used", "4"],
        // Rows of a frame at the same time: without it, small pictures are encoded by one core.
        ...["-row-mt", "1"],
      ];
  }
}

function rateArgs({ codec, rateMode, bitrateKbps, crf }: VideoParams): string[] {
  if (rateMode === "crf" || bitrateKbps === 0) {
    const quality = ["-crf", String(rateMode === "crf" ? crf : CRF_DEFAULT[codec])];
    // To libvpx, a quality beside a rate is only the best it may be.
    return codec === "vp9" ? [...quality, "-b:v", "0"] : quality;
  }
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
      if (codec === "h264") return [...constant, "-x264-params", "nal-hrd=cbr"];
      // libvpx takes three equal rates for the wish.
      return codec === "vp9" ? [...constant, "-minrate", kbps(bitrateKbps)] : constant;
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
