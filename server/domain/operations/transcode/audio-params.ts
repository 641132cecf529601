import { z } from "zod";
import type { AudioStream } from "../../media.ts";
import { zeroOr } from "../zero-or.ts";

export const AUDIO_CODECS = ["aac", "mp3", "ac3", "opus", "flac", "pcm16"] as const;
export type AudioCodec = (typeof AUDIO_CODECS)[number];

/** The encoded sound apart from its codec, which depends on the container of the kind. */
export const soundFields = {
  /** 0: automatic, by the number of channels. */
  bitrateKbps: zeroOr(8, 512).meta({ unit: "kbps" }),
  /** 0: as the source, or the nearest the codec has. */
  sampleRateHz: z.literal([0, 16_000, 32_000, 44_100, 48_000]).default(0).meta({ unit: "Hz" }),
  /** 0: as the source, or the most the codec has. */
  channels: z.literal([0, 1, 2, 6]).default(2),
};

export interface Sound {
  bitrateKbps: number;
  sampleRateHz: number;
  channels: number;
}

interface Limits {
  /** Null: lossless, so there is nothing to choose. */
  bitrateKbps: { min: number; max: number } | null;
  channelsMax: number;
  sampleRatesHz: readonly number[];
}

const COMMON_RATES = [32_000, 44_100, 48_000];

/** What the encoders of ffmpeg 5.1 take at any number of channels; outside of it they stop, or change it without a word. */
export const LIMITS: Record<AudioCodec, Limits> = {
  aac: { bitrateKbps: { min: 8, max: 512 }, channelsMax: 8, sampleRatesHz: [16_000, ...COMMON_RATES] },
  mp3: { bitrateKbps: { min: 8, max: 320 }, channelsMax: 2, sampleRatesHz: [16_000, ...COMMON_RATES] },
  // 5.1 sound does not fit into less than 96 kbps.
  ac3: { bitrateKbps: { min: 96, max: 512 }, channelsMax: 6, sampleRatesHz: COMMON_RATES },
  opus: { bitrateKbps: { min: 8, max: 256 }, channelsMax: 8, sampleRatesHz: [48_000] },
  flac: { bitrateKbps: null, channelsMax: 8, sampleRatesHz: [16_000, ...COMMON_RATES] },
  pcm16: { bitrateKbps: null, channelsMax: 8, sampleRatesHz: [16_000, ...COMMON_RATES] },
};

/** As asked, or as many of the source's as the codec has. */
export function encodedChannelsOf(codec: AudioCodec, sound: Sound, source: AudioStream): number {
  return sound.channels || Math.min(LIMITS[codec].channelsMax, source.channels || 2);
}

/** What this codec cannot do, by field: the keys of `validation.*` to show there. */
export function refusalsOfSound(codec: AudioCodec, sound: Sound): { field: keyof Sound; message: string }[] {
  const { bitrateKbps, channelsMax, sampleRatesHz } = LIMITS[codec];
  const refusals: ReturnType<typeof refusalsOfSound> = [];
  if (sound.bitrateKbps > 0) {
    if (bitrateKbps === null) refusals.push({ field: "bitrateKbps", message: "noBitrateForLossless" });
    else if (sound.bitrateKbps < bitrateKbps.min) refusals.push({ field: "bitrateKbps", message: "bitrateTooLow" });
    else if (sound.bitrateKbps > bitrateKbps.max) refusals.push({ field: "bitrateKbps", message: "bitrateTooHigh" });
  }
  if (sound.channels > channelsMax) refusals.push({ field: "channels", message: "tooManyChannels" });
  if (sound.sampleRateHz > 0 && !sampleRatesHz.includes(sound.sampleRateHz))
    refusals.push({ field: "sampleRateHz", message: "sampleRateNotInCodec" });
  return refusals;
}
