/**
 * Bytes of an encoded film. What it needs at a quality follows from the frames that were encoded of it before (complexity.ts),
 * brought to the asked size, frame rate, quality and encoder; what it gets at a rate is the rate, unless it needs less.
 *
 * The constants were fitted over clips of people, streets, drawings, noise and fractals, 240p to 1080p (`npm run bench --
 * estimate` measures what is left of the error, on others).
 */
import { type Complexity, LOOK_CRF, POOR_CRF } from "./complexity.ts";
import type { Film } from "./workload.ts";

/** Twice the pixels, so many times the bytes, where a source has them. What enlarges it adds few. */
const PIXELS_EXPONENT = { min: 0.4, max: 1.1, enlarged: 0.45 };
/** Halves of a film's bytes for each step of its quality: one for every six, or as the look at it says. */
const HALVES_PER_STEP = { min: 0.06, max: 0.26, usual: 1 / 7 };
/** Fewer frames a second: each has more that is new. */
const RATE_EXPONENT = 0.45;

interface Encoder {
  /** Bytes at `crf` against those of the look at `LOOK_CRF`. */
  crf: number;
  bytes: number;
  /** Steps of its quality scale against those of x264. */
  steps: number;
}

const ENCODERS: Record<string, Encoder> = {
  "libx264 veryfast": { crf: 23, bytes: 1, steps: 1 },
  "libx264 medium": { crf: 21, bytes: 1.42, steps: 1 },
  "libx264 ": { crf: 23, bytes: 1.1, steps: 1 },
  "libx265 veryfast": { crf: 28, bytes: 0.56, steps: 1 },
  "libx265 fast": { crf: 21, bytes: 2.1, steps: 1 },
  libsvtav1: { crf: 35, bytes: 0.6, steps: 0.75 },
  "libvpx-vp9": { crf: 32, bytes: 1.15, steps: 0.75 },
};

/** No encoder spends more on a picture than shows: at this quality, as x264 counts, it stays below its rate. */
const BEST_CRF = 4;

interface Looks {
  largePixels: number;
  smallPixels: number;
  pixels: number;
  bounds: { min: number; max: number; enlarged: number };
}

/** Between the two sizes that were looked at, by what they say; beyond them, no further than is usual. */
export function bytesAtSize(large: number, small: number, { largePixels, smallPixels, pixels, bounds }: Looks): number {
  const grown = Math.log(large / small) / Math.log(largePixels / smallPixels);
  const usual = Math.min(bounds.max, Math.max(bounds.min, Number.isFinite(grown) ? grown : bounds.max));
  if (pixels > largePixels) return large * (pixels / largePixels) ** Math.min(usual, bounds.enlarged);
  return pixels < smallPixels
    ? small * (pixels / smallPixels) ** usual
    : large * (pixels / largePixels) ** (Number.isFinite(grown) ? grown : usual);
}

interface Bytes {
  keyBytes: number;
  otherBytes: number;
}

/** A frame at the quality of the look, in another size. */
function frameBytes(complexity: Complexity, pixels: number): Bytes {
  const { large, small } = complexity;
  const [largePixels, smallPixels] = [large.widthPx * large.heightPx, small.widthPx * small.heightPx];
  const looks = { largePixels, smallPixels, pixels, bounds: PIXELS_EXPONENT };
  const at = (of: keyof Bytes) => bytesAtSize(large.film[of], small.film[of], looks);
  return { keyBytes: at("keyBytes"), otherBytes: at("otherBytes") };
}

function halvesPerStep(complexity: Complexity): number {
  const { small, poor } = complexity;
  const halves = Math.log2(small.film.otherBytes / poor.otherBytes) / (POOR_CRF - LOOK_CRF);
  return Math.min(HALVES_PER_STEP.max, Math.max(HALVES_PER_STEP.min, halves || HALVES_PER_STEP.usual));
}

/** What it needs at a quality, and what a rate comes to. */
export function filmBytes(film: Film, complexity: Complexity): number {
  const { rate, seconds } = film;
  const halves = halvesPerStep(complexity);
  const atLook = bytesAtLook(film, complexity);
  const encoder = ENCODERS[`${film.encoder} ${film.preset}`] ?? ENCODERS[film.encoder] ?? ENCODERS["libx264 "];
  if (encoder === undefined) return atLook;
  if (rate.by === "quality") {
    const needed = atLook * encoder.bytes * 2 ** (halves * encoder.steps * (encoder.crf - rate.crf));
    return rate.ceilingBps === null ? needed : softMin(needed, (rate.ceilingBps / 8) * seconds);
  }
  const asked = (rate.targetBps / 8) * seconds;
  // Told to fill a constant rate, it fills it.
  if (rate.constant && film.encoder === "libx264") return asked;
  const most = atLook * encoder.bytes * 2 ** (halves * (LOOK_CRF - BEST_CRF));
  return Math.min(asked * REACHED, most);
}

/** Rate controls keep a little back. */
const REACHED = 0.94;

/** Near a ceiling some of the peaks are cut already. */
function softMin(value: number, ceiling: number): number {
  const ratio = value / ceiling;
  return ceiling * (ratio / (1 + ratio ** SOFTNESS) ** (1 / SOFTNESS));
}
const SOFTNESS = 4;

function bytesAtLook(film: Film, complexity: Complexity): number {
  const { widthPx, heightPx, framesPerSecond, sourceFramesPerSecond, seconds, keyEvery } = film;
  const { keyBytes, otherBytes } = frameBytes(complexity, widthPx * heightPx);
  const frames = seconds * framesPerSecond;
  const keys = Math.min(frames, Math.max(1, frames / Math.max(1, keyEvery)));
  // Frames that a higher rate repeats cost next to nothing.
  const sparse =
    (sourceFramesPerSecond / framesPerSecond) ** (framesPerSecond > sourceFramesPerSecond ? 1 : RATE_EXPONENT);
  return keys * keyBytes + (frames - keys) * otherBytes * sparse;
}
