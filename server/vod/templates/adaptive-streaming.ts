import { z } from "zod";
import { ok, type Result } from "#domain/result.ts";
import type { Template } from "#domain/template.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { refuseUnsupported, refuseValue } from "../refuse-field.ts";
import { said } from "../said.ts";
import { wordsOf } from "../words.ts";
import { audioOf, audioTemplate, wireAudioOf } from "./audio.ts";
import { enhanceConfig, enhancementOf, wireEnhanceOf } from "./enhance.ts";
import { contentAdaptiveOf, tehdConfig } from "./tehd.ts";
import { matchesPreset, nameFields, presetFilter, type TemplateInput, templateActions } from "./template-actions.ts";
import { videoOf, videoTemplate, wireVideoOf } from "./video.ts";

const formats = wordsOf({ hls: "HLS", dash: "MPEG-DASH" });
const zeroOrOne = z.literal([0, 1]);

/** Segments are files of their own; of the contract's ways to pack them, those that put them into one file are not made. */
const SEGMENT_TYPES: Readonly<Record<string, "ts" | "fmp4">> = {
  ...{ ts: "ts", "ts-segment": "ts" },
  ...{ fmp4: "fmp4", mp4: "fmp4", "mp4-segment": "fmp4" },
};
const OTHER_SEGMENT_TYPES = [
  ...(["ts-byterange", "mp4-byterange", "ts-packed-audio", "mp4-packed-audio", "ts-ts-segment"] as const),
  ...(["ts-ts-byterange", "mp4-mp4-segment", "mp4-mp4-byterange"] as const),
  ...(["ts-packed-audio-byterange", "mp4-packed-audio-byterange"] as const),
];

const stream = z.object({
  Video: videoTemplate.optional(),
  Audio: audioTemplate.optional(),
  RemoveAudio: zeroOrOne.optional(),
  RemoveVideo: zeroOrOne.optional(),
  TEHDConfig: tehdConfig.optional(),
  EnhanceConfig: enhanceConfig.optional(),
  /** Opaque, and without effect. */
  StdExtInfo: z.string().optional(),
});
type Stream = z.output<typeof stream>;

const changed = z.object({
  ...nameFields,
  Format: z.enum(formats.wire).optional(),
  StreamInfos: z.array(stream).min(1).max(10).optional(),
  DisableHigherVideoBitrate: zeroOrOne.optional(),
  DisableHigherVideoResolution: zeroOrOne.optional(),
  SegmentType: z.enum(["ts", "ts-segment", "fmp4", "mp4", "mp4-segment", ...OTHER_SEGMENT_TYPES, ""]).optional(),
  SegmentDuration: z.int().min(1).max(10).optional(),
});
type Changed = z.output<typeof changed>;

const created = z.object({
  ...changed.shape,
  Format: changed.shape.Format.unwrap(),
  StreamInfos: changed.shape.StreamInfos.unwrap(),
  DrmType: z.enum(["", "SimpleAES", "Widevine", "FairPlay", "Widevine+FairPlay"]).optional(),
  /** Both are of third-party DRM. */
  DrmKeyProvider: z.string().optional(),
  DrmEncryptType: z.string().optional(),
});

function build({ DrmType = "", DrmKeyProvider, DrmEncryptType, ...input }: z.output<typeof created>) {
  if (DrmType !== "" && DrmType !== "SimpleAES")
    return refuse("InvalidParameterValue.DrmType", "Of DRM, this server has SimpleAES alone.");
  if (DrmEncryptType) return refuseUnsupported("DrmEncryptType");
  if (DrmKeyProvider && DrmKeyProvider !== "VOD") return refuseUnsupported("DrmKeyProvider");
  return adaptiveOf(input, {
    ...{ encryption: DrmType === "SimpleAES" ? "aes-128" : "none", container: "hls" },
    // Ours leaves out what is larger than the source unless told otherwise; the contract does not.
    ...{ disableHigherResolution: false, disableHigherBitrate: false },
  });
}

type AdaptiveParams = Extract<Template, { kind: "adaptive-streaming" }>["params"];

function adaptiveOf(input: Changed, current: Partial<AdaptiveParams>): Result<TemplateInput, Refusal> {
  const container = input.Format === undefined ? current.container : formats.toOurs(input.Format);
  const segmentType = segmentTypeOf(input.SegmentType, container, current);
  if (!segmentType.ok) return segmentType;
  const rungs = input.StreamInfos === undefined ? ok(current.rungs) : rungsOf(input.StreamInfos);
  if (!rungs.ok) return rungs;
  const params = {
    ...current,
    ...said({ container, rungs: rungs.value, segmentType: segmentType.value, segmentSeconds: input.SegmentDuration }),
    ...said({
      disableHigherBitrate: isSet(input.DisableHigherVideoBitrate),
      disableHigherResolution: isSet(input.DisableHigherVideoResolution),
    }),
  };
  return ok({ kind: "adaptive-streaming", params });
}

function isSet(value: 0 | 1 | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 1;
}

/** DASH has one way, whatever it is called. */
function segmentTypeOf(
  said: Changed["SegmentType"],
  container: AdaptiveParams["container"] | undefined,
  current: Partial<AdaptiveParams>,
): Result<"ts" | "fmp4" | undefined, Refusal> {
  if (container === "dash")
    return said === undefined || said === "" || said === "mp4-mp4-byterange" || said === "fmp4" || said === "mp4"
      ? ok("fmp4")
      : refuseValue("SegmentType", "MPEG-DASH has mp4-mp4-byterange.");
  if (said === undefined || said === "") return ok(current.container === "dash" ? "ts" : current.segmentType);
  const known = SEGMENT_TYPES[said];
  if (known !== undefined) return ok(known);
  return refuseUnsupported("SegmentType", "Segments are files of their own: ts-segment or mp4-segment.");
}

function rungsOf(streams: readonly Stream[]): Result<object[], Refusal> {
  const rungs: { video: ReturnType<typeof videoOf> | null; audio: object | null }[] = [];
  for (const one of streams) {
    const { Video, Audio, RemoveVideo = 0, RemoveAudio = 0 } = one;
    if (RemoveVideo === 0 && Video === undefined) return refuse("MissingParameter", "`StreamInfos.Video` is required.");
    if (RemoveAudio === 0 && Audio === undefined) return refuse("MissingParameter", "`StreamInfos.Audio` is required.");
    if (contentAdaptiveOf(one.TEHDConfig)) return refuseUnsupported("StreamInfos.TEHDConfig");
    if (Video?.HlsTime) return refuseValue("HlsTime", "SegmentDuration says it for all streams.");
    if (Audio?.SampleRate === 16_000) return refuseValue("AudioSampleRate", "16000 is for pcm16 alone.");
    const enhancement = enhancementOf(one.EnhanceConfig ?? {});
    if (!enhancement.ok) return enhancement;
    const { picture, sound } = enhancement.value;
    if ((picture?.denoise ?? "off") !== "off" || (picture?.interpolateTo ?? 0) > 0)
      return refuseUnsupported("StreamInfos.EnhanceConfig.VideoEnhance");
    rungs.push({
      video: RemoveVideo === 1 ? null : videoOf(Video ?? {}),
      audio: RemoveAudio === 1 ? null : { ...audioOf(Audio ?? {}), ...sound },
    });
  }
  return ok(inStep(rungs));
}

/** Frame rate and key frames of all streams are the first one's: players change between them where both have a key frame. */
function inStep<R extends { video: ReturnType<typeof videoOf> | null }>(rungs: readonly R[]): R[] {
  const first = rungs.find(({ video }) => video !== null)?.video;
  if (first === undefined || first === null) return [...rungs];
  const { framesPerSecond = 0, gop = 0, gopUnit = "frame" } = first;
  return rungs.map((rung) =>
    rung.video === null ? rung : { ...rung, video: { ...rung.video, framesPerSecond, gop, gopUnit } },
  );
}

function wireAdaptiveOf(params: AdaptiveParams) {
  return {
    Format: formats.toWire(params.container),
    DrmType: params.encryption === "aes-128" ? "SimpleAES" : "",
    ...{ DrmKeyProvider: params.encryption === "aes-128" ? "VOD" : "", DrmEncryptType: "" },
    StreamInfos: params.rungs.map(({ video, audio }) => ({
      // Every stream has both on the wire, whether they are there or not.
      Video: video === null ? {} : { ...wireVideoOf(video), CodecTag: video.codec === "h265" ? video.codecTag : "" },
      Audio: audio === null ? {} : wireAudioOf(audio),
      ...{ RemoveVideo: video === null ? 1 : 0, RemoveAudio: audio === null ? 1 : 0 },
      ...{ TEHDConfig: null, EnhanceConfig: wireEnhanceOf(null, audio), StdExtInfo: "" },
    })),
    DisableHigherVideoBitrate: params.disableHigherBitrate ? 1 : 0,
    DisableHigherVideoResolution: params.disableHigherResolution ? 1 : 0,
    SegmentType: shownSegmentType(params),
    SegmentDuration: params.segmentSeconds,
  };
}

function shownSegmentType({ container, segmentType }: AdaptiveParams): string {
  if (container === "dash") return "mp4-mp4-byterange";
  return segmentType === "ts" ? "ts-segment" : "mp4-segment";
}

export const adaptiveStreamingActions = templateActions({
  name: "AdaptiveDynamicStreaming",
  family: "adaptive-streaming",
  countMax: 100,
  create: created,
  build,
  change: changed,
  rebuild: (input, current) => {
    if (current.kind !== "adaptive-streaming") throw new Error(`${current.kind} is no adaptive template`);
    return adaptiveOf(input, current.params);
  },
  filter: presetFilter,
  matches: matchesPreset,
  show: (templates) =>
    templates.flatMap((one) => (one.kind === "adaptive-streaming" ? wireAdaptiveOf(one.params) : [])),
  fields: {
    ...{ container: "Format", encryption: "DrmType", segmentType: "SegmentType", segmentSeconds: "SegmentDuration" },
    ...{ rungs: "StreamInfos", "rungs.audio": "RemoveAudio", "rungs.video.codec": "VideoCodec" },
    ...{ "rungs.video.bitrateKbps": "VideoBitrate", "rungs.video.rateMode": "Mode", "rungs.video.crf": "Vcrf" },
    ...{ "rungs.video.profile": "VideoProfile", "rungs.video.bFrames": "Bframes", "rungs.video.codecTag": "CodecTag" },
    ...{ "rungs.video.preserveHdr": "PreserveHDRSwitch", "rungs.audio.codec": "AudioCodec" },
    ...{ "rungs.audio.bitrateKbps": "AudioBitrate", "rungs.audio.sampleRateHz": "AudioSampleRate" },
    "rungs.audio.channels": "AudioChannel",
  },
});
