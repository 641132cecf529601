import { z } from "zod";
import { refuseTwoOffsets, timeRangeFields, timeRangeParams } from "../time-range.ts";
import { AUDIO_CODECS, type AudioCodec, refusalsOfSound, soundFields } from "../transcode/audio-params.ts";
import { hlsFields, refusalsOfHls } from "../transcode/hls-params.ts";
import { refusalsOfSoundCare, soundCareFields } from "../transcode/sound-care.ts";

const CONTAINERS = ["m4a", "mp3", "flac", "ogg", "wav", "hls"] as const;
export type AudioContainer = (typeof CONTAINERS)[number];

/** The first is what `auto` means. */
const CODECS_IN: Record<AudioContainer, readonly [AudioCodec, ...AudioCodec[]]> = {
  m4a: ["aac", "mp3", "ac3"],
  mp3: ["mp3"],
  flac: ["flac"],
  ogg: ["opus", "flac"],
  wav: ["pcm16"],
  hls: ["aac"],
};

const templateFields = {
  container: z.enum(CONTAINERS).default("m4a"),
  codec: z.enum(["auto", ...AUDIO_CODECS]).default("auto"),
  ...soundFields,
  ...soundCareFields,
  ...hlsFields,
};

const templateParams = z.strictObject(templateFields);

export function audioCodecOf({
  container,
  codec,
}: {
  container: AudioContainer;
  codec: AudioCodec | "auto";
}): AudioCodec {
  return codec === "auto" ? CODECS_IN[container][0] : codec;
}

function refuseContradictions(params: z.output<typeof templateParams>, context: z.core.$RefinementCtx): void {
  const codec = audioCodecOf(params);
  if (!CODECS_IN[params.container].includes(codec))
    context.addIssue({ code: "custom", path: ["codec"], message: "codecNotInContainer" });
  const refusals = [...refusalsOfSound(codec, params), ...refusalsOfSoundCare(params), ...refusalsOfHls(params)];
  for (const { field, message } of refusals) context.addIssue({ code: "custom", path: [field], message });
}

export const audioTemplateParams = templateParams.superRefine(refuseContradictions);
export const audioUseParams = timeRangeParams;
export const audioParams = z
  .strictObject({ ...templateFields, ...timeRangeFields })
  .superRefine(refuseContradictions)
  .superRefine(refuseTwoOffsets);
export type AudioParams = z.output<typeof audioParams>;
