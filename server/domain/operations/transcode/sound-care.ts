import { z } from "zod";
import { chain, filter, numberText } from "../../ffmpeg/filter.ts";
import type { AudioStream } from "../../media.ts";
import { type AudioCodec, encodedChannelsOf, type Sound } from "./audio-params.ts";

const TARGET_LUFS_DEFAULT = -16;

/** What is done to the sound itself before it is encoded. Off unless asked for. */
export const soundCareFields = {
  denoise: z.enum(["off", "light", "strong"]).default("off").meta({ section: "sound" }),
  gainDb: z.number().min(-60).max(60).default(0).meta({ unit: "dB", section: "sound" }),
  loudness: z.enum(["keep", "ebu-r128"]).default("keep").meta({ section: "sound" }),
  /** -23 is what European television asks for, -14 to -16 what streaming services play at. */
  loudnessTargetLufs: z.number().min(-31).max(-5).default(TARGET_LUFS_DEFAULT).meta({ unit: "LUFS", section: "sound" }),
};

export interface SoundCare {
  denoise: "off" | "light" | "strong";
  gainDb: number;
  loudness: "keep" | "ebu-r128";
  loudnessTargetLufs: number;
}

/** Fields that say something about what is not done. */
export function refusalsOfSoundCare(care: SoundCare): { field: keyof SoundCare; message: string }[] {
  const aimless = care.loudness === "keep" && care.loudnessTargetLufs !== TARGET_LUFS_DEFAULT;
  const undone = care.loudness !== "keep" && care.gainDb !== 0;
  return [
    ...(aimless ? [{ field: "loudnessTargetLufs" as const, message: "onlyWithLoudness" }] : []),
    ...(undone ? [{ field: "gainDb" as const, message: "gainOrLoudness" }] : []),
  ];
}

/**
 * Decibels taken off, and the level below which sound is taken for noise. ffmpeg can also guess that level as it listens
 * (`tn`), but where tones and pauses take turns it hardly found the noise of the pauses: 2 dB fell instead of 12.
 */
const DENOISE = { light: { nr: 12, nf: -40 }, strong: { nr: 30, nf: -30 } } as const;

/** ffmpeg's names; other numbers of channels have several. */
const LAYOUTS: ReadonlyMap<number, string> = new Map([
  [1, "mono"],
  [2, "stereo"],
  [6, "5.1"],
]);

/** The filter options of one audio stream: none where its sound stays as it is. */
export function soundCareArgs(codec: AudioCodec, params: Sound & SoundCare, source: AudioStream): string[] {
  const steps = soundCareSteps(codec, params, source);
  return steps === null ? [] : ["-filter:a", steps];
}

/** The filters themselves, for what has others beside them. */
export function soundCareSteps(codec: AudioCodec, params: Sound & SoundCare, source: AudioStream): string | null {
  const steps = chain([
    // First: what makes a quiet recording louder makes its noise louder, too.
    params.denoise === "off" ? null : filter("afftdn", DENOISE[params.denoise]),
    params.gainDb === 0 ? null : filter("volume", [`${numberText(params.gainDb)}dB`]),
    // What would be louder than full is bent rather than cut off. `level` would make everything as loud as it can be.
    params.gainDb > 0 ? filter("alimiter", { limit: 0.9, level: "disabled" }) : null,
    params.loudness === "keep" ? null : loudnessSteps(codec, params, source),
  ]);
  return steps === "" ? null : steps;
}

/**
 * In one pass, which follows the loudness as it changes. Two passes would keep all changes and shift the whole, but the
 * second needs the numbers of the first, while a plan is complete before anything runs; and everything is decoded twice.
 */
function loudnessSteps(codec: AudioCodec, params: Sound & SoundCare, source: AudioStream): string {
  const layout = LAYOUTS.get(encodedChannelsOf(codec, params, source));
  const rateHz = params.sampleRateHz || source.sampleRateHz || 48_000;
  return chain([
    // Channels mixed together and highs left out change the loudness, so it is measured afterwards.
    filter("aformat", { sample_rates: rateHz, ...(layout === undefined ? {} : { channel_layouts: layout }) }),
    // Peaks stay 1.5 dB below full: lossy codecs overshoot by about one.
    filter("loudnorm", { I: params.loudnessTargetLufs, TP: -1.5, LRA: 11 }),
    // It works at 192 kHz to see peaks between samples, and would leave the sound there.
    filter("aresample", [rateHz]),
  ]);
}
