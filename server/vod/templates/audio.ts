/** `AudioTemplate`: the encoded sound. */
import { z } from "zod";
import type { AudioCodec, Sound } from "#domain/operations/transcode/audio-params.ts";
import { said } from "../said.ts";
import { wordsOf } from "../words.ts";
import { zeroOrBetween } from "./sizes.ts";

/** The contract has MP2 as well, which is not encoded here, and no word for Opus, which the console offers. */
const codecs = wordsOf({
  aac: "libfdk_aac",
  mp3: "libmp3lame",
  ac3: "ac3",
  flac: "flac",
  pcm16: "pcm16",
  opus: "libopus",
} satisfies Record<AudioCodec, string>);

export const audioTemplate = z.object({
  Codec: z.enum(codecs.wire).optional(),
  Bitrate: zeroOrBetween(26, 256).optional(),
  SampleRate: z.literal([16_000, 32_000, 44_100, 48_000]).optional(),
  AudioChannel: z.literal([0, 1, 2, 6]).optional(),
});
export type AudioTemplate = z.output<typeof audioTemplate>;

export type EncodedSound = Sound & { codec: AudioCodec };

export function audioOf({ Codec, Bitrate, SampleRate, AudioChannel }: AudioTemplate) {
  return said({
    codec: Codec === undefined ? undefined : codecs.toOurs(Codec),
    bitrateKbps: Bitrate,
    sampleRateHz: SampleRate,
    channels: AudioChannel,
  });
}

export function wireAudioOf({ codec, bitrateKbps, sampleRateHz, channels }: Partial<EncodedSound>) {
  return said({
    Codec: codec === undefined ? undefined : codecs.toWire(codec),
    Bitrate: bitrateKbps,
    SampleRate: sampleRateHz,
    AudioChannel: channels,
  });
}
