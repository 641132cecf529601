import { z } from "zod";
import { zeroOr } from "../zero-or.ts";

export const AUDIO_CODECS = ["aac", "mp3", "mp2", "ac3", "flac", "vorbis", "opus", "pcm16"] as const;
export type AudioCodec = (typeof AUDIO_CODECS)[number];

/** The encoded sound apart from its codec, which depends on the container of the kind. */
export const soundFields = {
  /** 0: automatic, by the number of channels. */
  bitrateKbps: zeroOr(8, 512).meta({ unit: "kbps" }),
  sampleRateHz: z.literal([16_000, 32_000, 44_100, 48_000]).default(44_100).meta({ unit: "Hz" }),
  /** 0: as the source. */
  channels: z.literal([0, 1, 2, 6]).default(2),
};

interface Sound {
  bitrateKbps: number;
  sampleRateHz: number;
  channels: number;
}

const LOSSLESS: readonly AudioCodec[] = ["flac", "pcm16"];
const STEREO_AT_MOST: readonly AudioCodec[] = ["mp3", "mp2"];
/** Rates a codec does not know at all; ffmpeg would refuse them, or change them without a word. */
const RATES_UNKNOWN: Partial<Record<AudioCodec, readonly number[]>> = {
  ac3: [16_000],
  opus: [32_000, 44_100],
};

/** What this codec cannot do, by field: the keys of `validation.*` to show there. */
export function refusalsOfSound(codec: AudioCodec, sound: Sound): { field: keyof Sound; message: string }[] {
  const refusals: { field: keyof Sound; message: string }[] = [];
  if (LOSSLESS.includes(codec) && sound.bitrateKbps > 0)
    refusals.push({ field: "bitrateKbps", message: "noBitrateForLossless" });
  if (STEREO_AT_MOST.includes(codec) && sound.channels > 2)
    refusals.push({ field: "channels", message: "stereoAtMost" });
  if (RATES_UNKNOWN[codec]?.includes(sound.sampleRateHz))
    refusals.push({ field: "sampleRateHz", message: "sampleRateNotInCodec" });
  return refusals;
}
