import { z } from "zod";
import { FILLS, pictureSizeFields } from "../picture-size.ts";
import { zeroOr } from "../zero-or.ts";

export const VIDEO_CODECS = ["h264", "h265", "av1", "vp9"] as const;
export type VideoCodec = (typeof VIDEO_CODECS)[number];

/** The encoded picture. Shared by every kind that encodes video. */
export const videoFields = {
  codec: z.enum(VIDEO_CODECS).default("h264"),
  ...pictureSizeFields,
  fill: z.enum(FILLS).default("black"),
  /** 0: as the source. */
  framesPerSecond: z.int().min(0).max(100).default(0).meta({ unit: "fps" }),
  rateMode: z.enum(["vbr", "abr", "cbr", "crf"]).default("vbr"),
  /** 0: chosen by quality instead. */
  bitrateKbps: zeroOr(16, 100_000).meta({ unit: "kbps" }),
  /** 0 unless the rate mode is `crf`. */
  crf: z.int().min(0).max(51).default(0),
  /** Largest distance of two key frames, in `gopUnit`. 0: the encoder's own. */
  gop: z.int().min(0).max(100_000).default(0).meta({ section: "encoder" }),
  gopUnit: z.enum(["frame", "second"]).default("frame").meta({ section: "encoder" }),
  /** Null: the encoder's own. */
  bFrames: z.int().min(0).max(16).nullable().default(null).meta({ section: "encoder" }),
  profile: z.enum(["default", "baseline", "main", "high"]).default("default").meta({ section: "encoder" }),
  /** Name of H.265 in MP4: Apple plays `hvc1` only. */
  codecTag: z.enum(["hvc1", "hev1"]).default("hvc1").meta({ section: "encoder" }),
  preserveHdr: z.boolean().default(false).meta({ section: "encoder" }),
};

const video = z.strictObject(videoFields);
export type VideoParams = z.output<typeof video>;

export function refuseVideoContradictions(video: VideoParams, context: z.core.$RefinementCtx): void {
  const refuse = (field: keyof typeof video, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  if (video.rateMode === "crf" && video.crf === 0) refuse("crf", "crfNeeded");
  if (video.rateMode !== "crf" && video.crf > 0) refuse("crf", "crfOnlyInCrfMode");
  if (video.rateMode === "crf" && video.bitrateKbps > 0) refuse("bitrateKbps", "bitrateWithCrf");
  if ((video.rateMode === "cbr" || video.rateMode === "abr") && video.bitrateKbps === 0)
    refuse("bitrateKbps", "bitrateNeeded");
  if (video.profile !== "default" && video.codec !== "h264") refuse("profile", "profileOnlyForH264");
  if (video.profile === "baseline" && (video.bFrames ?? 0) > 0) refuse("bFrames", "noBFramesInBaseline");
  if (video.codecTag !== "hvc1" && video.codec !== "h265") refuse("codecTag", "codecTagOnlyForH265");
  if (video.preserveHdr && video.codec === "h264") refuse("preserveHdr", "hdrNeedsH265");
  if ((video.codec === "av1" || video.codec === "vp9") && video.bFrames !== null)
    refuse("bFrames", "bFramesNotInCodec");
  if (video.codec === "av1" && video.rateMode === "cbr") refuse("rateMode", "cbrNotForAv1");
}

export const videoParams = video.superRefine(refuseVideoContradictions);
