/** `VideoTemplate`: the encoded picture. Rates are kbps on both sides. */
import { z } from "zod";
import type { VideoCodec, VideoParams } from "#domain/operations/transcode/video-params.ts";
import { said } from "../said.ts";
import { wordsOf } from "../words.ts";
import { fillFields, sizeFields, sizeOf, wireFillOf, wireSizeOf, zeroOrBetween } from "./sizes.ts";

/** The contract has H.266 as well, for which there is no encoder here, and no word for VP9, which the console offers. */
const codecs = wordsOf({
  h264: "libx264",
  h265: "libx265",
  av1: "av1",
  vp9: "vp9",
} satisfies Record<VideoCodec, string>);
const modes = wordsOf({
  vbr: "VBR",
  abr: "ABR",
  cbr: "CBR",
  crf: "VCRF",
} satisfies Record<VideoParams["rateMode"], string>);

export const videoTemplate = z.object({
  Codec: z.enum(codecs.wire).optional(),
  Fps: z.int().min(0).max(100).optional(),
  Bitrate: zeroOrBetween(128, 100_000).optional(),
  ...sizeFields(128, 8192),
  ...fillFields,
  /** Takes the place of a rate; 0 switches it off. */
  Vcrf: z.int().min(0).max(51).optional(),
  Gop: z.int().min(0).max(100_000).optional(),
  GopUnit: z.enum(["frame", "second"]).optional(),
  PreserveHDRSwitch: z.enum(["ON", "OFF"]).optional(),
  CodecTag: z.enum(["hvc1", "hev1", ""]).optional(),
  Mode: z.enum(modes.wire).optional(),
  /** -1: the encoder's own. */
  Bframes: z.int().min(-1).max(16).optional(),
  HlsTime: z.int().min(0).max(10).optional(),
  VideoProfile: z.enum(["baseline", "main", "high", "default"]).optional(),
});
export type VideoTemplate = z.output<typeof videoTemplate>;

/** What is said of the picture. `HlsTime` is not: segments are the file's. */
export function videoOf(video: VideoTemplate): Partial<VideoParams> {
  return {
    ...said({
      codec: video.Codec === undefined ? undefined : codecs.toOurs(video.Codec),
      framesPerSecond: video.Fps,
      fill: video.FillType,
      gop: video.Gop,
      gopUnit: video.GopUnit,
      bFrames: video.Bframes === -1 ? null : video.Bframes,
      profile: video.VideoProfile,
      codecTag: video.CodecTag || undefined,
      preserveHdr: video.PreserveHDRSwitch === undefined ? undefined : video.PreserveHDRSwitch === "ON",
    }),
    ...sizeOf(video),
    ...rateOf(video),
  };
}

/** A constant quality takes the place of every rate. */
function rateOf({ Bitrate, Vcrf, Mode }: VideoTemplate): Partial<VideoParams> {
  if (Vcrf !== undefined && Vcrf > 0) return { rateMode: "crf", crf: Vcrf, bitrateKbps: 0 };
  const rateMode = Mode === undefined ? undefined : modes.toOurs(Mode);
  if (rateMode === "crf") return { rateMode, bitrateKbps: 0 };
  const switched = rateMode !== undefined || Vcrf === 0;
  return said({
    rateMode: switched ? (rateMode ?? "vbr") : undefined,
    crf: switched ? 0 : undefined,
    bitrateKbps: Bitrate,
  });
}

/** Every field that ours has: all of them, for all of a picture. */
export function wireVideoOf(video: Partial<VideoParams>): VideoTemplate {
  const { codec, codecTag, rateMode, preserveHdr } = video;
  return {
    ...said({
      Codec: codec === undefined ? undefined : codecs.toWire(codec),
      Fps: video.framesPerSecond,
      Bitrate: video.bitrateKbps,
    }),
    ...wireSizeOf(video),
    ...said({
      FillType: wireFillOf(video.fill),
      Vcrf: video.crf,
      Gop: video.gop,
      GopUnit: video.gopUnit,
      PreserveHDRSwitch: preserveHdr === undefined ? undefined : preserveHdr ? ("ON" as const) : ("OFF" as const),
      CodecTag: codecTag,
      Mode: rateMode === undefined ? undefined : modes.toWire(rateMode),
      Bframes: video.bFrames === null ? -1 : video.bFrames,
      VideoProfile: video.profile,
    }),
  };
}
