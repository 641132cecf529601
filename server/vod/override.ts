/** `OverrideParameter`: what one use of a transcode template says in place of the template, in our `override`. */
import { z } from "zod";
import { AUDIO_CODECS, soundFields } from "#domain/operations/transcode/audio-params.ts";
import { contentAdaptive } from "#domain/operations/transcode/content-adaptive.ts";
import { videoFields } from "#domain/operations/transcode/video-params.ts";
import type { Step } from "#domain/procedure.ts";
import { ok, type Result } from "#domain/result.ts";
import type { TemplateKind } from "#domain/template.ts";
import type { Refusal } from "./refusal.ts";
import { refuseUnsupported, refuseValue } from "./refuse-field.ts";
import { said } from "./said.ts";
import { audioOf, audioTemplate, wireAudioOf } from "./templates/audio.ts";
import { contentAdaptiveOf, tehdConfig, wireTehdOf } from "./templates/tehd.ts";
import { videoOf, videoTemplate, wireVideoOf } from "./templates/video.ts";

export const CONTAINERS = ["mp4", "flv", "hls", "mp3", "flac", "ogg", "m4a", "wav"] as const;
export const zeroOrOne = z.literal([0, 1]);

export const overrideParameter = z.object({
  Container: z.enum(CONTAINERS).optional(),
  RemoveVideo: zeroOrOne.optional(),
  RemoveAudio: zeroOrOne.optional(),
  VideoTemplate: videoTemplate.optional(),
  AudioTemplate: audioTemplate.extend({ StreamSelects: z.array(z.int()).optional() }).optional(),
  TEHDConfig: tehdConfig.optional(),
});
export type OverrideParameter = z.output<typeof overrideParameter>;

type Override = Step["override"];

/** Parameters of a template depend on its kind, so what replaces them does, too. */
export function overrideOf(parameter: OverrideParameter, kind: TemplateKind): Result<Override, Refusal> {
  if (parameter.AudioTemplate?.StreamSelects?.length) return refuseUnsupported("StreamSelects");
  if (parameter.TEHDConfig?.MaxVideoBitrate !== undefined && parameter.TEHDConfig.Type === undefined)
    return refuseValue("TEHDType", "a ceiling needs its type.");
  switch (kind) {
    case "audio":
      return ofSound(parameter);
    case "remux":
      return ofCopy(parameter);
    default:
      return ok(ofFilm(parameter));
  }
}

function ofFilm({ Container, RemoveVideo, RemoveAudio, VideoTemplate, AudioTemplate, TEHDConfig }: OverrideParameter) {
  const adaptive = contentAdaptiveOf(TEHDConfig);
  const video = {
    ...videoOf(VideoTemplate ?? {}),
    ...said({ contentAdaptive: adaptive }),
    // It chooses quality and ceiling itself.
    ...(adaptive ? { rateMode: "vbr", crf: 0, bitrateKbps: 0 } : {}),
  };
  const audio = audioOf(AudioTemplate ?? {});
  return said({
    container: Container,
    video: RemoveVideo === 1 ? null : nothingOr(video),
    audio: RemoveAudio === 1 ? null : nothingOr(audio),
    hlsSegmentSeconds: VideoTemplate?.HlsTime,
  }) as Override;
}

function ofSound({ Container, RemoveAudio, VideoTemplate, AudioTemplate, TEHDConfig }: OverrideParameter) {
  if (RemoveAudio === 1) return refuseValue("RemoveAudio", "nothing would be left of a template of sound alone.");
  if (VideoTemplate !== undefined || contentAdaptiveOf(TEHDConfig))
    return refuseValue("VideoTemplate", "the template is one of sound alone.");
  return ok(said({ container: Container, ...audioOf(AudioTemplate ?? {}) }) as Override);
}

function ofCopy({ Container, ...encoding }: OverrideParameter): Result<Override, Refusal> {
  const [field] = Object.keys(said(encoding));
  return field === undefined ? ok(said({ container: Container })) : refuseValue(field, "the template encodes nothing.");
}

function nothingOr<T extends object>(fields: T): T | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/** What of an override the wire has words for. */
const videoPart = z.object({ ...videoFields, contentAdaptive: contentAdaptive.nullable().default(null) });
const soundPart = z.object({ codec: z.enum(AUDIO_CODECS).default("aac"), ...soundFields });
const known = z.object({
  container: z.string().optional(),
  video: z.record(z.string(), z.unknown()).nullish(),
  audio: z.record(z.string(), z.unknown()).nullish(),
  hlsSegmentSeconds: z.int().optional(),
});

/** Null where nothing is overridden. */
export function wireOverrideOf(override: Override) {
  if (Object.keys(override).length === 0) return null;
  const { container, video, audio, hlsSegmentSeconds } = known.parse(override);
  const picture = partOf(videoPart, video ?? {});
  return said({
    Container: container,
    RemoveVideo: video === null ? 1 : undefined,
    RemoveAudio: audio === null ? 1 : undefined,
    VideoTemplate: nothingOr({ ...wireVideoOf(picture), ...said({ HlsTime: hlsSegmentSeconds }) }),
    // A template of sound alone has the fields of its sound at the top.
    AudioTemplate: nothingOr(wireAudioOf(partOf(soundPart, audio ?? override))),
    TEHDConfig: picture.contentAdaptive === null ? { Type: "OFF" as const } : wireTehd(picture.contentAdaptive),
  });
}

function wireTehd(adaptive: z.output<typeof contentAdaptive> | undefined) {
  return adaptive === undefined ? undefined : wireTehdOf(adaptive);
}

/** The fields that are there, read by their schema, without those it would fill in. */
function partOf<S extends z.ZodObject>(schema: S, fields: object): Partial<z.output<S>> {
  const parsed = schema.parse(fields);
  return Object.fromEntries(Object.entries(parsed).filter(([key]) => key in fields)) as Partial<z.output<S>>;
}
