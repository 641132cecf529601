/** Processor seconds of what commands do, on a machine of middling speed; how much faster one is, it learns (experience.ts). */
import type { Film, Work } from "./workload.ts";

/**
 * Seconds for a billion pixels, decoded. All constants here are a least-squares fit, by relative error, over the processor
 * time of 40 operations on ten clips, with two cores of 2023; what counts is how they stand to each other.
 */
const DECODE: Record<string, number> = { h264: 2, hevc: 3, av1: 3.5, vp9: 2.5, mpeg2video: 0.6, other: 0.6 };
/** And for a megabyte of it: bits are decoded one by one. */
const DECODE_MEGABYTE = 0.018;

/** Seconds for a billion pixels, encoded, scaling them included. */
const ENCODE: Record<string, number> = {
  "libx264 veryfast": 12.9,
  "libx264 medium": 30,
  "libx264 ": 38,
  "libx265 veryfast": 34,
  "libx265 fast": 44,
  libsvtav1: 74,
  "libvpx-vp9": 60,
  other: 20,
};
/** Nanoseconds for each bit that is written. */
const BITS: Record<string, number> = { libx264: 9, libx265: 15, "libvpx-vp9": 380 };
const FIRST_PASS = 0.5;

/** Seconds for a billion pixels that pass a filter. Those that are not named cost next to nothing. */
const FILTERS: Record<string, number> = {
  hqdn3d: 6,
  unsharp: 3,
  bwdif: 8,
  minterpolate: 400,
  gblur: 3,
  eq: 2,
  overlay: 2,
  subtitles: 3,
  tonemap: 40,
  zscale: 20,
  entropy: 2,
  freezedetect: 1,
  idet: 1,
  pad: 0.5,
  blurdetect: 25,
};

const PICTURE: Record<string, number> = { mjpeg: 10, png: 67, libwebp: 50, libwebp_anim: 83, gif: 92 };
const SOUND_PER_SECOND: Record<string, number> = { aac: 0.01, libmp3lame: 0.008, libopus: 0.01 };
/** To start a process, and to open what it reads. */
const START = 0.08;
/** A megabyte read or written. */
const MEGABYTE = 0.0008;

const GIGAPIXEL = 1e9;

export function processorSeconds(works: readonly Work[], bytesOf: (film: Film) => number): number {
  return works.reduce((sum, work) => sum + secondsOfWork(work, bytesOf), 0);
}

function secondsOfWork(work: Work, bytesOf: (film: Film) => number): number {
  const { reading, films, sounds, pictures, animations, filtered, readBytes } = work;
  const per = (table: Record<string, number>, name: string) => table[name] ?? table.other ?? 0;
  let seconds = START + (MEGABYTE * readBytes) / 1e6;
  for (const { codec, widthPx, heightPx, frames, bytes } of reading)
    seconds += (per(DECODE, codec) * widthPx * heightPx * frames) / GIGAPIXEL + (DECODE_MEGABYTE * bytes) / 1e6;
  for (const [name, pixels] of filtered) seconds += ((FILTERS[name] ?? 0) * pixels) / GIGAPIXEL;
  for (const film of films) {
    const pixels = film.widthPx * film.heightPx * film.seconds * film.framesPerSecond;
    const cost = ENCODE[`${film.encoder} ${film.preset}`] ?? per(ENCODE, film.encoder);
    const bits = (8 * bytesOf(film) * (BITS[film.encoder] ?? 0)) / 1e9;
    seconds += ((cost * pixels) / GIGAPIXEL) * (film.kept ? 1 : FIRST_PASS) + bits;
  }
  for (const { encoder, widthPx, heightPx, count } of pictures)
    seconds += (per(PICTURE, encoder) * widthPx * heightPx * count) / GIGAPIXEL;
  for (const { encoder, widthPx, heightPx, frames } of animations)
    seconds += (per(PICTURE, encoder) * widthPx * heightPx * frames) / GIGAPIXEL;
  for (const { encoder, seconds: length } of sounds) seconds += length * (SOUND_PER_SECOND[encoder] ?? 0.002);
  return seconds;
}
