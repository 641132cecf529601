/**
 * How much there is to encode in a picture. A source's own bit rate tells little of it: what was compressed quickly, or by an
 * old codec, has several times the bits of what it shows. So a few seconds from all over it are encoded once, small and quickly,
 * and the sizes of their frames are kept with the media. On them rests what is said of sizes before anything is encoded.
 */
import { z } from "zod";
import { chain, filter, graph, numberText } from "../ffmpeg/filter.ts";
import { displaySizeOf, type MediaInfo } from "../media.ts";
import { mainAudioOf } from "../operations/transcode/encode-audio.ts";
import type { Command } from "../plan.ts";

/** Mean bytes of a frame, by what came before it. */
const film = z.strictObject({ keyBytes: z.number().min(0), otherBytes: z.number().min(0) });

const look = z.strictObject({
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  film,
  /** Mean bytes of a JPEG of one frame. */
  pictureBytes: z.number().min(0),
});

export const complexity = z.strictObject({
  /** The source, or what is left of it at `LOOK_SIDE_PX`. */
  large: look,
  /** Half as wide. */
  small: look,
  /** The small one again, at `POOR_CRF`. */
  poor: film,
  /** Bits a second that an encoder of sound takes where it is offered `SOUND_BPS`; near silence needs a fraction. Null: no sound. */
  soundBps: z.number().min(0).nullable(),
});
export type Complexity = z.output<typeof complexity>;

export const LOOK_CRF = 23;
export const POOR_CRF = 33;
export const SOUND_BPS = 128_000;
const LOOK_SIDE_PX = 1280;
const PLACES = 4;
const PLACE_SECONDS = 1.5;

/** The files the command writes, in the scratch folder: one line for each frame, with its size. */
const LISTS = ["large", "small", "poor", "large-pictures", "small-pictures"] as const;
type List = (typeof LISTS)[number];
const SOUND_LIST = "sound";

function sizesOf(media: MediaInfo): { large: [number, number]; small: [number, number] } | null {
  if (media.video === null || media.durationSeconds === 0) return null;
  const { widthPx, heightPx } = displaySizeOf(media.video);
  const scale = Math.min(1, LOOK_SIDE_PX / Math.max(widthPx, heightPx));
  const even = (px: number) => Math.max(2, 2 * Math.round(px / 2));
  const size = (share: number): [number, number] => [even(widthPx * scale * share), even(heightPx * scale * share)];
  return { large: size(1), small: size(0.5) };
}

/** A short film is looked at as a whole. */
function secondsOfPlace({ durationSeconds }: MediaInfo): number {
  return durationSeconds <= PLACES * PLACE_SECONDS ? durationSeconds : PLACE_SECONDS;
}

/** Null where there is no moving picture. */
export function complexityCommand(media: MediaInfo, inputPath: string, scratchDir: string): Command | null {
  const sizes = sizesOf(media);
  if (sizes === null || media.video === null) return null;
  const { durationSeconds, video } = media;
  const whole = durationSeconds <= PLACES * PLACE_SECONDS;
  const starts = whole
    ? [0]
    : Array.from({ length: PLACES }, (_, place) => (durationSeconds * (place + 0.5)) / PLACES - PLACE_SECONDS / 2);
  const seconds = secondsOfPlace(media);
  const sound = mainAudioOf(media);
  const x264 = (crf: number) => ["-c:v", "libx264", "-preset", "veryfast", "-crf", String(crf), "-pix_fmt", "yuv420p"];
  const jpeg = ["-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"];
  const written = (list: List, options: readonly string[]) => ({
    path: `${scratchDir}/${list}.txt`,
    options: ["-map", `[${list}]`, "-fps_mode", "passthrough", ...options, "-f", "framecrc"],
  });
  const pictures = filter("fps", ["4/3"]);
  return {
    inputs: starts.map((start) => ({
      path: inputPath,
      options: [...(start > 0 ? ["-ss", numberText(start)] : []), "-t", numberText(seconds)],
    })),
    globals: [
      "-filter_complex",
      graph([
        {
          from: starts.map((_, place) => `${place}:${video.index}`),
          steps: chain([
            starts.length > 1 ? filter("concat", { n: starts.length }) : null,
            filter("scale", sizes.large),
            filter("setsar", [1]),
            filter("format", ["yuv420p"]),
            filter("split", [3]),
          ]),
          to: ["large", "shrink", "still"],
        },
        { from: ["shrink"], steps: chain([filter("scale", sizes.small), filter("split", [2])]), to: ["small", "poor"] },
        { from: ["still"], steps: chain([pictures, filter("split", [2])]), to: ["large-pictures", "shrink-still"] },
        { from: ["shrink-still"], steps: filter("scale", sizes.small), to: ["small-pictures"] },
      ]),
    ],
    outputs: [
      written("large", x264(LOOK_CRF)),
      written("small", x264(LOOK_CRF)),
      written("poor", x264(POOR_CRF)),
      written("large-pictures", jpeg),
      written("small-pictures", jpeg),
      ...(sound === null
        ? []
        : [
            {
              path: `${scratchDir}/${SOUND_LIST}.txt`,
              options: [
                ...["-map", `${Math.floor(starts.length / 2)}:${sound.index}`],
                ...["-c:a", "aac", "-b:a", String(SOUND_BPS), "-ac", "2", "-f", "framecrc"],
              ],
            },
          ]),
    ],
    expectedSeconds: 0,
  };
}

/** What the command found; null where nothing could be decoded at the places it looked at. */
export async function readComplexity(
  media: MediaInfo,
  scratchDir: string,
  read: (path: string) => Promise<string>,
): Promise<Complexity | null> {
  const sizes = sizesOf(media);
  if (sizes === null) return null;
  const [large = [], small = [], poor = [], largePictures = [], smallPictures = []] = await Promise.all(
    LISTS.map(async (list) => packetsOf(await read(`${scratchDir}/${list}.txt`))),
  );
  if ([large, small, poor, largePictures, smallPictures].some((packets) => packets.length === 0)) return null;
  const lookOf = ([widthPx, heightPx]: [number, number], packets: Packet[], pictures: Packet[]) => ({
    ...{ widthPx, heightPx },
    film: filmOf(packets),
    pictureBytes: meanOf(pictures.map(({ bytes }) => bytes)),
  });
  const sound = mainAudioOf(media) === null ? [] : packetsOf(await read(`${scratchDir}/${SOUND_LIST}.txt`));
  const soundSeconds = secondsOfPlace(media);
  const soundBytes = sound.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    soundBps: sound.length === 0 ? null : (8 * soundBytes) / soundSeconds,
    large: lookOf(sizes.large, large, largePictures),
    small: lookOf(sizes.small, small, smallPictures),
    poor: filmOf(poor),
  };
}

interface Packet {
  bytes: number;
  key: boolean;
}

/** Of `0,  1,  1,  1,  2345, 0xabcdef01, F=0x0`: the size, and whether a key frame's flag, which is the usual one, is not denied. */
function packetsOf(list: string): Packet[] {
  return list.split("\n").flatMap((line) => {
    if (line.startsWith("#") || line.trim() === "") return [];
    const fields = line.split(",").map((field) => field.trim());
    const bytes = Number(fields[4]);
    return Number.isFinite(bytes) ? [{ bytes, key: !fields.includes("F=0x0") }] : [];
  });
}

function filmOf(packets: readonly Packet[]): z.output<typeof film> {
  const bytesOf = (key: boolean) => packets.filter((packet) => packet.key === key).map(({ bytes }) => bytes);
  const keyBytes = meanOf(bytesOf(true));
  const others = bytesOf(false);
  return { keyBytes, otherBytes: others.length === 0 ? keyBytes : meanOf(others) };
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
