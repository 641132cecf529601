import type { MediaInfo } from "../media.ts";
import { numberText } from "./filter.ts";

/** Demuxers that know where every key frame lies, so that a seek lands on the last one before the asked time. */
const INDEXED_FORMATS = ["mov", "matroska"];

/**
 * Elsewhere (MPEG-TS, FLV, AVI, …) a seek may land between key frames, and what is decoded from there is garbage up to
 * the next one. Starting this much earlier and dropping the surplus costs a moment of decoding and is exact as long as
 * key frames are nearer to each other; encoders put them 10 s apart or less.
 */
const MARGIN_SECONDS = 15;

export interface Seek {
  /** Options before `-i`. */
  input: readonly string[];
  /** What is decoded before the wanted moment, and has to be dropped. */
  surplusSeconds: number;
}

/** How to get to a second of a media, quickly where the format allows it and exactly in any case. */
export function seekTo(seconds: number, media: MediaInfo): Seek {
  const from = isIndexed(media) ? seconds : Math.floor(seconds - MARGIN_SECONDS);
  if (from <= 0) return { input: [], surplusSeconds: seconds };
  return { input: ["-ss", numberText(from)], surplusSeconds: seconds - from };
}

export function isIndexed(media: MediaInfo): boolean {
  return media.formatName.split(",").some((name) => INDEXED_FORMATS.includes(name));
}
