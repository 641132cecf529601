import type { AudioStream, MediaInfo } from "../../media.ts";
import { type AudioCodec, encodedChannelsOf, LIMITS, type Sound } from "./audio-params.ts";

const ENCODERS: Record<AudioCodec, string> = {
  aac: "aac",
  mp3: "libmp3lame",
  ac3: "ac3",
  opus: "libopus",
  flac: "flac",
  pcm16: "pcm_s16le",
};

/** Good quality for music; speech needs less, and says so in its template. */
const KBPS_PER_CHANNEL: Record<"ac3" | "other", number> = { ac3: 96, other: 64 };

/**
 * The track to work with: the one marked as default, otherwise the first. Browsers play one track and offer no choice,
 * so further tracks (other languages, commentary) would only make the file larger.
 */
export function mainAudioOf(media: MediaInfo): AudioStream | null {
  return media.audio.find((track) => track.isDefault) ?? media.audio[0] ?? null;
}

/** Titles and the like are dropped from what is published; players need to know the language. */
export function languageArgs(track: AudioStream, outputIndex = 0): string[] {
  return languageArgsOf(`a:${outputIndex}`, track.language);
}

export function languageArgsOf(stream: string, language: string | null): string[] {
  const known = language !== null && /^[a-z]{2,3}$/i.test(language);
  return known ? [`-metadata:s:${stream}`, `language=${language}`] : [];
}

/** The output options that encode one audio stream, from `-map` on. */
export function encodeAudio(codec: AudioCodec, sound: Sound, source: AudioStream): string[] {
  return ["-map", `0:${source.index}`, ...audioEncodingArgs(codec, sound, source), ...languageArgs(source)];
}

/** Encoder, rate and channels. Options and values in turn. */
export function audioEncodingArgs(codec: AudioCodec, sound: Sound, source: AudioStream): string[] {
  const { bitrateKbps: bounds } = LIMITS[codec];
  const channels = encodedChannelsOf(codec, sound, source);
  const automatic = KBPS_PER_CHANNEL[codec === "ac3" ? "ac3" : "other"] * channels;
  const kbps = sound.bitrateKbps || Math.min(bounds?.max ?? 0, automatic);
  return [
    ...["-c:a", ENCODERS[codec]],
    ...(bounds === null ? [] : ["-b:a", `${kbps}k`]),
    // Left open, ffmpeg takes the nearest that the encoder has.
    ...(sound.sampleRateHz > 0 ? ["-ar", String(sound.sampleRateHz)] : []),
    ...(sound.channels > 0 ? ["-ac", String(sound.channels)] : []),
  ];
}
