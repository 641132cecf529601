/** Transcode templates: films, sound alone, and copies, which the wire numbers as one kind. */
import { z } from "zod";
import { audioCodecOf } from "#domain/operations/audio/schema.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Template } from "#domain/template.ts";
import type { ListedTemplate } from "../../templates/template-row.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { refuseValue } from "../refuse-field.ts";
import { said } from "../said.ts";
import { audioOf, audioTemplate, wireAudioOf } from "./audio.ts";
import { type Enhancement, enhanceConfig, enhancementOf, wireEnhanceOf } from "./enhance.ts";
import { contentAdaptiveOf, tehdConfig, wireTehdOf } from "./tehd.ts";
import { matchesPreset, nameFields, presetFilter, type TemplateInput, templateActions } from "./template-actions.ts";
import { videoOf, videoTemplate, wireVideoOf } from "./video.ts";

const VIDEO_CONTAINERS = ["mp4", "flv", "hls"] as const;
const AUDIO_CONTAINERS = ["mp3", "flac", "ogg", "m4a", "wav"] as const;
const zeroOrOne = z.literal([0, 1]);

const transcode = z.object({
  ...nameFields,
  Container: z.enum([...VIDEO_CONTAINERS, ...AUDIO_CONTAINERS]).optional(),
  RemoveVideo: zeroOrOne.optional(),
  RemoveAudio: zeroOrOne.optional(),
  VideoTemplate: videoTemplate.optional(),
  AudioTemplate: audioTemplate.optional(),
  TEHDConfig: tehdConfig.optional(),
  EnhanceConfig: enhanceConfig.optional(),
  SegmentType: z.enum(["ts", "fmp4", ""]).optional(),
  /** Opaque, and without effect. */
  StdExtInfo: z.string().optional(),
});
type Transcode = z.output<typeof transcode>;

/** Of a new template, whole; and what says nothing of a picture or a sound is none of either. */
const newTranscode = z.object({
  ...transcode.shape,
  Container: transcode.shape.Container.unwrap(),
  VideoTemplate: videoTemplate.required({ Codec: true, Fps: true, Bitrate: true }).optional(),
  AudioTemplate: audioTemplate.required({ Codec: true, Bitrate: true, SampleRate: true }).optional(),
});

function isAudioContainer(container: string | undefined): boolean {
  return AUDIO_CONTAINERS.some((one) => one === container);
}

function build(input: z.output<typeof newTranscode>): Result<TemplateInput, Refusal> {
  const { Container, RemoveVideo = 0, RemoveAudio = 0, VideoTemplate, AudioTemplate } = input;
  const soundAlone = isAudioContainer(Container);
  if (RemoveAudio === 0 && AudioTemplate === undefined)
    return refuse("MissingParameter", "`AudioTemplate` is required unless `RemoveAudio` is 1.");
  if (soundAlone || (Container === "hls" && RemoveVideo === 1)) {
    if (RemoveAudio === 1) return refuseValue("RemoveAudio", "nothing would be left.");
    return ofSound(input, {});
  }
  if (RemoveVideo === 0 && VideoTemplate === undefined)
    return refuse("MissingParameter", "`VideoTemplate` is required unless `RemoveVideo` is 1.");
  return ofFilm(input, {});
}

function rebuild(input: Transcode, current: Template): Result<TemplateInput, Refusal> {
  switch (current.kind) {
    case "audio":
      if (input.RemoveAudio === 1) return refuseValue("RemoveAudio", "nothing would be left.");
      if (input.RemoveVideo === 0 && !isAudioContainer(input.Container ?? current.params.container))
        return refuseValue("RemoveVideo", "the template is of sound alone.");
      return ofSound(input, current.params);
    case "remux":
      return ofCopy(input, current.params);
    case "transcode":
      if (isAudioContainer(input.Container)) return refuseValue("Container", "the template is of films.");
      return ofFilm(input, current.params);
    default:
      throw new Error(`${current.kind} is no transcode template`);
  }
}

type FilmParams = Extract<Template, { kind: "transcode" }>["params"];

function ofFilm(input: Transcode, current: Partial<FilmParams>): Result<TemplateInput, Refusal> {
  const enhancement = enhancementOf(input.EnhanceConfig ?? {});
  if (!enhancement.ok) return enhancement;
  if (input.RemoveVideo === 0 && current.video === null && input.VideoTemplate === undefined)
    return refuse("MissingParameter", "`VideoTemplate` is required: the template has none yet.");
  const follows = current.video?.contentAdaptive != null || input.TEHDConfig?.Type !== undefined;
  if (input.TEHDConfig?.MaxVideoBitrate && !follows) return refuseValue("TEHDType", "a ceiling needs its type.");
  const sound = soundOf(input, enhancement.value, current.audio);
  if (!sound.ok) return sound;
  const removesVideo = input.RemoveVideo === 1 || (current.video === null && input.RemoveVideo === undefined);
  const params = {
    ...current,
    ...said({ container: input.Container, hlsSegmentSeconds: input.VideoTemplate?.HlsTime }),
    ...said({ hlsSegmentType: input.SegmentType || undefined }),
    video: removesVideo ? null : pictureOf(input, enhancement.value, current.video),
    audio: sound.value,
  };
  return ok({ kind: "transcode", params });
}

/** A quality, or what follows the content, leaves no rate to choose; frames that are made up, no other number of them. */
function pictureOf(input: Transcode, { picture }: Enhancement, current: FilmParams["video"] | undefined) {
  const contentAdaptive = contentAdaptiveOf(input.TEHDConfig, current?.contentAdaptive);
  const enhance = picture === undefined ? undefined : { ...current?.enhance, ...picture };
  const video = { ...current, ...videoOf(input.VideoTemplate ?? {}), ...said({ contentAdaptive, enhance }) };
  if (enhance?.interpolateTo) video.framesPerSecond = 0;
  if (video.contentAdaptive) return { ...video, rateMode: "vbr", crf: 0, bitrateKbps: 0 };
  return video.rateMode === "crf" ? { ...video, bitrateKbps: 0 } : video;
}

function soundOf(
  input: Transcode,
  { sound }: Enhancement,
  current: FilmParams["audio"] | undefined,
): Result<object | null, Refusal> {
  const removes = input.RemoveAudio === 1 || (current === null && input.RemoveAudio === undefined);
  if (removes) return ok(null);
  if (current === null && input.AudioTemplate === undefined)
    return refuse("MissingParameter", "`AudioTemplate` is required: the template has none yet.");
  const audio = { ...current, ...audioOf(input.AudioTemplate ?? {}), ...sound };
  return audio.sampleRateHz === 16_000 ? refuseValue("AudioSampleRate", "16000 is for pcm16 alone.") : ok(audio);
}

function ofSound(input: Transcode, current: object): Result<TemplateInput, Refusal> {
  const enhancement = enhancementOf(input.EnhanceConfig ?? {});
  if (!enhancement.ok) return enhancement;
  if (contentAdaptiveOf(input.TEHDConfig)) return refuseValue("TEHDType", "there is no picture.");
  const audio = audioOf(input.AudioTemplate ?? {});
  if (audio.channels === 6 && isAudioContainer(input.Container))
    return refuseValue("AudioChannel", "sound alone has one or two channels.");
  if (audio.sampleRateHz === 16_000 && audio.codec !== undefined && audio.codec !== "pcm16")
    return refuseValue("AudioSampleRate", "16000 is for pcm16 alone.");
  const said_ = said({ container: input.Container, hlsSegmentType: input.SegmentType || undefined });
  return ok({ kind: "audio", params: { ...current, ...said_, ...losslessRate(audio), ...enhancement.value.sound } });
}

/** Lossless sound has no rate, and the wire asks for one. */
function losslessRate(audio: ReturnType<typeof audioOf>) {
  const lossless = audio.codec === "flac" || audio.codec === "pcm16";
  return lossless ? { ...audio, bitrateKbps: 0 } : audio;
}

function ofCopy(input: Transcode, current: object): Result<TemplateInput, Refusal> {
  const { Name: _, Comment: __, Container, SegmentType, StdExtInfo: ___, ...encoding } = input;
  const [field] = Object.keys(said(encoding));
  if (field !== undefined) return refuseValue(field, "the template encodes nothing.");
  const changed = said({ container: Container, hlsSegmentType: SegmentType || undefined });
  return ok({ kind: "remux", params: { ...current, ...changed } });
}

const filter = z.object({
  ...presetFilter.shape,
  ContainerType: z.enum(["Video", "PureAudio"]).optional(),
  TEHDType: z.enum(["Common", "TEHD"]).optional(),
  EnhanceType: z.enum(["VideoEnhance", "AudioEnhance", "AudioVideoEnhance", "AnyEnhance", "None"]).optional(),
  EnhanceScenarioType: z.string().optional(),
});

function matches(template: ListedTemplate, wanted: z.output<typeof filter>): boolean {
  const shown = wireTranscodeOf(template);
  const [picture, sound] = [shown?.EnhanceConfig?.VideoEnhance, shown?.EnhanceConfig?.AudioEnhance];
  const enhanced = picture && sound ? "AudioVideoEnhance" : picture ? "VideoEnhance" : sound ? "AudioEnhance" : "None";
  const { ContainerType, TEHDType, EnhanceType, EnhanceScenarioType } = wanted;
  return (
    matchesPreset(template, wanted) &&
    (ContainerType === undefined || shown?.ContainerType === ContainerType) &&
    (TEHDType === undefined || (TEHDType === "TEHD") === (shown?.TEHDConfig !== null)) &&
    (EnhanceType === undefined || (EnhanceType === "AnyEnhance" ? enhanced !== "None" : enhanced === EnhanceType)) &&
    // Nothing here is enhanced for a scenario.
    !EnhanceScenarioType
  );
}

/** A copy encodes nothing, and all its numbers are zero. */
const NO_VIDEO = {
  ...{ Codec: "", Fps: 0, Bitrate: 0, Width: 0, Height: 0, ResolutionAdaptive: "open", FillType: "black" },
  ...{ Vcrf: 0, Gop: 0, GopUnit: "frame", PreserveHDRSwitch: "OFF", CodecTag: "", Mode: "", Bframes: -1, HlsTime: 0 },
  VideoProfile: "default",
};
const NO_AUDIO = { Codec: "", Bitrate: 0, SampleRate: 0, AudioChannel: 0 };
/** There is no word for it beside these. */
const REMUX_COMMENT = "remux";

function wireTranscodeOf(template: ListedTemplate) {
  const { kind, params, definition } = template;
  // The one kind whose lists say its number as text.
  const common = { Definition: String(definition), StdExtInfo: "" };
  switch (kind) {
    case "transcode": {
      const { video, audio, container } = params;
      return {
        ...common,
        ...containerOf(container, params.hlsSegmentType, "Video"),
        ...{ RemoveVideo: video === null ? 1 : 0, RemoveAudio: audio === null ? 1 : 0 },
        VideoTemplate: video && {
          ...wireVideoOf(video),
          // Only H.265 has one.
          CodecTag: video.codec === "h265" ? video.codecTag : "",
          HlsTime: params.hlsSegmentSeconds,
        },
        AudioTemplate: audio && wireAudioOf(audio),
        TEHDConfig: wireTehdOf(video?.contentAdaptive ?? null),
        EnhanceConfig: wireEnhanceOf(video?.enhance ?? null, audio),
      };
    }
    case "audio":
      return {
        ...common,
        ...containerOf(
          params.container,
          params.hlsSegmentType,
          isAudioContainer(params.container) ? "PureAudio" : "Video",
        ),
        ...{ RemoveVideo: 1, RemoveAudio: 0, VideoTemplate: null },
        AudioTemplate: wireAudioOf({ ...params, codec: audioCodecOf(params) }),
        TEHDConfig: null,
        EnhanceConfig: wireEnhanceOf(null, params),
      };
    case "remux":
      return {
        ...common,
        ...(template.preset ? { Comment: REMUX_COMMENT } : {}),
        ...containerOf(params.container, params.hlsSegmentType, "Video"),
        ...{ RemoveVideo: 0, RemoveAudio: 0, VideoTemplate: NO_VIDEO, AudioTemplate: NO_AUDIO },
        ...{ TEHDConfig: null, EnhanceConfig: null },
      };
    default:
      return null;
  }
}

function containerOf(container: string, segmentType: string, type: "Video" | "PureAudio") {
  return { Container: container, ContainerType: type, SegmentType: container === "hls" ? segmentType : "" };
}

const soundFieldNames = { bitrateKbps: "AudioBitrate", sampleRateHz: "AudioSampleRate", channels: "AudioChannel" };

export const transcodeActions = templateActions({
  name: "Transcode",
  family: "transcode",
  countMax: 100,
  create: newTranscode,
  build,
  change: transcode,
  rebuild,
  filter,
  matches,
  show: (templates) => templates.flatMap((one) => wireTranscodeOf(one) ?? []),
  fields: {
    ...{ audio: "RemoveAudio", video: "RemoveVideo" },
    ...{ container: "Container", hlsSegmentSeconds: "HlsTime", hlsSegmentType: "SegmentType" },
    ...{ codec: "AudioCodec", ...soundFieldNames },
    ...Object.fromEntries(
      Object.entries({ codec: "AudioCodec", ...soundFieldNames }).map(([k, v]) => [`audio.${k}`, v]),
    ),
    ...{
      "video.codec": "VideoCodec",
      "video.bitrateKbps": "VideoBitrate",
      "video.rateMode": "Mode",
      "video.crf": "Vcrf",
    },
    ...{ "video.widthPx": "Width", "video.heightPx": "Height", "video.framesPerSecond": "Fps", "video.gop": "Gop" },
    ...{ "video.bFrames": "Bframes", "video.profile": "VideoProfile", "video.codecTag": "CodecTag" },
    ...{ "video.preserveHdr": "PreserveHDRSwitch", "video.contentAdaptive": "TEHDType" },
    ...{ "video.contentAdaptive.bitrateKbpsMax": "MaxVideoBitrate", "video.enhance.interpolateTo": "FrameRateWithDen" },
  },
});
