/** Bytes of what a plan publishes. */
import type { Plan, PlanContext } from "../plan.ts";
import { type Complexity, SOUND_BPS } from "./complexity.ts";
import { bytesAtSize, filmBytes } from "./film-size.ts";
import type { Animation, Pictures, Sound, Work } from "./workload.ts";

/** Bytes of a picture against those of a JPEG of the same frame and size. */
const PICTURE_FORMATS: Record<string, number> = { mjpeg: 1, libwebp: 0.6, png: 7.5 };
/** Twice the pixels, so many times the bytes of a JPEG. */
const PICTURE_EXPONENT = { min: 0.5, max: 1, enlarged: 0.6 };

/** A frame of a GIF or an animated WebP against a JPEG of it. */
const GIF = 2.6;
const WEBP = 0.43;

/** Lossless sound against uncompressed. */
const FLAC = 0.55;
/** Of the rate it is offered, the encoder of the look takes so much where there is enough to hear. */
const USED_OF_RATE = 0.97;

/** What containers add: bytes for each frame or packet, each second, each segment. */
const OVERHEAD = {
  mp4: { share: 1, perSecond: 500, perSegment: 0 },
  mpegts: { share: 1.03, perSecond: 2600, perSegment: 400 },
  other: { share: 1.002, perSecond: 500, perSegment: 0 },
};
/** A playlist, its entries, a manifest, a report: small change that never is nothing. */
const FILE_BYTES = 700;

export function sizeOf(
  plan: Plan,
  works: readonly (Work & { kept: boolean })[],
  context: PlanContext,
  complexity: Complexity,
): number {
  const texts = plan.files.reduce((sum, file) => sum + ("text" in file ? file.text.length : FILE_BYTES), 0);
  const reports = plan.continues === true ? FILE_BYTES : 0;
  // What later commands join is what earlier ones wrote.
  const pieces = works.filter(({ kept }) => !kept).reduce((sum, work) => sum + streamBytes(work, complexity), 0);
  const kept = works
    .filter((work) => work.kept)
    .reduce(
      (sum, work) => sum + containedBytes(work, streamBytes(work, complexity) + picturesBytes(work, complexity)),
      0,
    );
  const joins =
    works.length > 1 && works.some((work) => work.kept && isEmpty(work) && context.media.durationSeconds > 0);
  return texts + reports + kept + (joins ? pieces : 0);
}

function isEmpty({ films, copies, pictures, animations }: Work): boolean {
  return [films, copies, pictures, animations].every(({ length }) => length === 0);
}

function streamBytes({ films, sounds, copies }: Work, complexity: Complexity): number {
  return (
    films.reduce((sum, film) => sum + (film.kept ? filmBytes(film, complexity) : 0), 0) +
    sounds.reduce((sum, sound) => sum + soundBytes(sound, complexity), 0) +
    copies.reduce((sum, { bytes }) => sum + bytes, 0)
  );
}

function picturesBytes({ pictures, animations }: Work, complexity: Complexity): number {
  return (
    pictures.reduce((sum, one) => sum + pictureBytes(one, complexity), 0) +
    animations.reduce((sum, one) => sum + animationBytes(one, complexity), 0)
  );
}

function containedBytes({ container, seconds, segments, films, sounds, copies }: Work, bytes: number): number {
  if (films.length + sounds.length + copies.length === 0) return bytes;
  const overhead = container === "mpegts" ? OVERHEAD.mpegts : container === "mp4" ? OVERHEAD.mp4 : OVERHEAD.other;
  return bytes * overhead.share + seconds * overhead.perSecond + segments * overhead.perSegment;
}

/** Encoders are offered a rate, and some take no more of it than there is to hear. */
function soundBytes({ encoder, bitsPerSecond, seconds }: Sound, complexity: Complexity): number {
  if (encoder === "flac") return (FLAC * bitsPerSecond * seconds) / 8;
  const heard = Math.min(1, (complexity.soundBps ?? SOUND_BPS) / SOUND_BPS / USED_OF_RATE);
  const share = encoder === "aac" || encoder === "libopus" ? heard : 1;
  return (share * bitsPerSecond * seconds) / 8;
}

/** A JPEG of one frame, of this size. */
function jpegBytes(complexity: Complexity, pixels: number): number {
  const { large, small } = complexity;
  const [largePixels, smallPixels] = [large.widthPx * large.heightPx, small.widthPx * small.heightPx];
  return bytesAtSize(large.pictureBytes, small.pictureBytes, {
    largePixels,
    smallPixels,
    pixels,
    bounds: PICTURE_EXPONENT,
  });
}

function pictureBytes({ encoder, widthPx, heightPx, count }: Pictures, complexity: Complexity): number {
  return count * (PICTURE_FORMATS[encoder] ?? 1) * jpegBytes(complexity, widthPx * heightPx);
}

function animationBytes({ encoder, quality, widthPx, heightPx, frames }: Animation, complexity: Complexity): number {
  const picture = jpegBytes(complexity, widthPx * heightPx);
  return encoder === "gif" ? frames * picture * GIF * (Math.log2(quality) / 8) : frames * picture * WEBP;
}
