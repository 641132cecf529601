import type { VideoStream } from "../media.ts";

export const MANIFEST_FORMATS = ["hls", "dash"] as const;
export type ManifestFormat = (typeof MANIFEST_FORMATS)[number];

/**
 * What a player reads first: which pictures and sounds there are, what each costs, and where its segments lie. Bit rates
 * and codec names are known only when everything is encoded; a plan holds what is known before, and the worker has the
 * text made of this and of the finished files.
 */
export interface Manifest {
  pictures: readonly Picture[];
  sounds: readonly Sound[];
  /** Words to turn on and off, the same for every variant. */
  subtitles: readonly Words[];
  variants: readonly Variant[];
  /** Of every picture. */
  framesPerSecond: number;
}

export interface Picture {
  name: StreamName;
  widthPx: number;
  heightPx: number;
  /** What H.265 is to be called; H.264 has one name. */
  codecTag: "hvc1" | "hev1";
  dynamicRange: VideoStream["dynamicRange"];
}

export interface Sound {
  name: StreamName;
  /** Sounds of one group are alike in everything but what is said: a player takes one of them. */
  group: string;
  /** A tag of BCP 47; null when unknown. */
  language: string | null;
  label: string;
  channels: number;
  isDefault: boolean;
}

export interface Words {
  /** `stream-<name>.vtt` is all of them: so few bytes are not worth segments. */
  name: StreamName;
  language: string | null;
  label: string;
}

/** `stream-<name>.m3u8` lists its segments: `stream-<name>-00000.ts` and so on. */
export type StreamName = string;

/** A choice of quality: a picture, and the group its sound is taken from. One of the two may be missing. */
export interface Variant {
  picture: StreamName | null;
  group: string | null;
}

export function wordsFileOf(name: StreamName): string {
  return `stream-${name}.vtt`;
}
