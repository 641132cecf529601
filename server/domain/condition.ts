/** When a step is done: conditions on the facts of the media, so that one flow suits many kinds of them. */
import { z } from "zod";
import { displaySizeOf, MEDIA_KINDS, type MediaInfo, mediaKindOf } from "./media.ts";

type Fact = string | number | boolean | null;

/**
 * What can be asked of a media, by flows and by scripts. Null where it makes no sense: the width of a song.
 * Widths and heights are those of the picture as it is shown, upright.
 */
const READ = {
  /** One of MEDIA_KINDS. */
  kind: mediaKindOf,
  /** 0 for a still image. */
  durationSeconds: ({ durationSeconds }) => durationSeconds,
  sizeBytes: ({ sizeBytes }) => sizeBytes,
  /** Of the whole file; thousands of bits a second. */
  bitrateKbps: ({ bitrateBps }) => bitrateBps / 1000,
  widthPx: (info) => sizeOf(info)?.widthPx ?? null,
  heightPx: (info) => sizeOf(info)?.heightPx ?? null,
  shortSidePx: (info) => side(info, Math.min),
  longSidePx: (info) => side(info, Math.max),
  /** Average; null when unknown. */
  framesPerSecond: ({ video }) => video?.framesPerSecond || null,
  /** As ffprobe names it: `h264`, `hevc`, `vp9`. */
  videoCodec: ({ video }) => video?.codec ?? null,
  /** Of the first track. */
  audioCodec: ({ audio }) => audio[0]?.codec ?? null,
  /** The first name of its demuxer: `mov`, `matroska`, `mpegts`. */
  container: ({ formatName }) => formatName.split(",")[0] ?? "",
  audioTracks: ({ audio }) => audio.length,
  hasVideo: ({ video }) => video !== null,
  hasAudio: ({ audio }) => audio.length > 0,
  hasSubtitles: ({ subtitles }) => subtitles.length > 0,
  hdr: ({ video }) => (video === null ? null : video.dynamicRange !== "sdr"),
  interlaced: ({ video }) => video?.interlaced ?? null,
} as const satisfies Record<string, (info: MediaInfo) => Fact>;

export type FactName = keyof typeof READ;
export const NUMBER_FACTS = [
  ...(["durationSeconds", "widthPx", "heightPx", "shortSidePx", "longSidePx", "framesPerSecond"] as const),
  ...(["bitrateKbps", "sizeBytes", "audioTracks"] as const),
] satisfies FactName[];
export const TEXT_FACTS = ["videoCodec", "audioCodec", "container"] as const satisfies FactName[];
export const FLAG_FACTS = ["hasVideo", "hasAudio", "hasSubtitles", "hdr", "interlaced"] as const satisfies FactName[];
/** In the order in which they are offered. */
export const FACT_NAMES: readonly FactName[] = ["kind", ...NUMBER_FACTS, ...TEXT_FACTS, ...FLAG_FACTS];

export const NUMBER_COMPARISONS = ["atLeast", "atMost", "above", "below", "equals"] as const;
export const TEXT_COMPARISONS = ["equals", "differs"] as const;

export const condition = z.discriminatedUnion("fact", [
  z.strictObject({ fact: z.literal("kind"), is: z.enum(TEXT_COMPARISONS), value: z.enum(MEDIA_KINDS) }),
  z.strictObject({ fact: z.enum(NUMBER_FACTS), is: z.enum(NUMBER_COMPARISONS), value: z.number().min(0).max(1e15) }),
  z.strictObject({ fact: z.enum(TEXT_FACTS), is: z.enum(TEXT_COMPARISONS), value: z.string().trim().min(1).max(40) }),
  z.strictObject({ fact: z.enum(FLAG_FACTS), is: z.literal("equals"), value: z.boolean() }),
]);
export type Condition = z.output<typeof condition>;

const CONDITIONS_MAX = 8;
/** All of them must hold; none: always. */
export const conditions = z.array(condition).max(CONDITIONS_MAX);

/** What a script is told of a media: every fact that it has. */
export function factsOf(info: MediaInfo): Partial<Record<FactName, Exclude<Fact, null>>> {
  const entries = FACT_NAMES.map((name) => [name, READ[name](info)] as const);
  return Object.fromEntries(entries.filter(([, fact]) => fact !== null));
}

/** Whether all of them hold. What makes no sense of a media holds of it neither way, however it is asked. */
export function holds(all: readonly Condition[], info: MediaInfo): boolean {
  return all.every((one) => holdsOne(one, READ[one.fact](info)));
}

function holdsOne({ is, value }: Condition, fact: Fact): boolean {
  if (fact === null) return false;
  if (is === "equals") return fact === value;
  if (is === "differs") return fact !== value;
  if (typeof fact !== "number" || typeof value !== "number") return false;
  switch (is) {
    case "atLeast":
      return fact >= value;
    case "atMost":
      return fact <= value;
    case "above":
      return fact > value;
    case "below":
      return fact < value;
  }
}

function sizeOf({ video }: MediaInfo) {
  return video === null ? null : displaySizeOf(video);
}

function side(info: MediaInfo, choose: (a: number, b: number) => number): number | null {
  const size = sizeOf(info);
  return size === null ? null : choose(size.widthPx, size.heightPx);
}
