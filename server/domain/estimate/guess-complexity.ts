import { displaySizeOf, type MediaInfo } from "../media.ts";
import type { Complexity } from "./complexity.ts";

/** Bytes of a source against those of the look (x264, CRF 23): older codecs need more for the same picture. */
const AGAINST_LOOK: Record<string, number> = { h264: 0.7, hevc: 1, av1: 1.1, vp9: 0.9, mpeg2video: 0.25, other: 0.4 };
/** A pixel and frame's bytes, at least and at most: recorders are generous, and screens stand still. */
const BYTES_PER_PIXEL = { least: 0.0005, usual: 0.005, most: 0.05 };
const KEY_OVER_OTHER = 9;
const HALF_AS_WIDE = 0.33;
const POOR = 0.27;
const PICTURE_BYTES_PER_PIXEL = 0.13;

/** Where nobody has looked, a source's own rate has to tell how much there is to encode. */
export function guessComplexity({ video, bitrateBps, audio }: MediaInfo): Complexity {
  const { widthPx, heightPx } = video === null ? { widthPx: 2, heightPx: 2 } : displaySizeOf(video);
  const pixels = widthPx * heightPx;
  const bytes = (video?.bitrateBps || bitrateBps) / 8 / (video?.framesPerSecond || 25);
  const like = bytes * (AGAINST_LOOK[video?.codec ?? ""] ?? AGAINST_LOOK.other ?? 1);
  const { least, usual, most } = BYTES_PER_PIXEL;
  const otherBytes = like === 0 ? usual * pixels : Math.min(most * pixels, Math.max(least * pixels, like));
  const film = { keyBytes: KEY_OVER_OTHER * otherBytes, otherBytes };
  const shrunk = (share: number) => ({ keyBytes: film.keyBytes * share, otherBytes: otherBytes * share });
  const half = (px: number) => Math.max(1, Math.round(px / 2));
  const pictureBytes = PICTURE_BYTES_PER_PIXEL * pixels;
  return {
    large: { widthPx, heightPx, film, pictureBytes },
    small: {
      ...{ widthPx: half(widthPx), heightPx: half(heightPx) },
      ...{ film: shrunk(HALF_AS_WIDE), pictureBytes: pictureBytes * HALF_AS_WIDE },
    },
    poor: shrunk(HALF_AS_WIDE * POOR),
    soundBps: audio.length === 0 ? null : 128_000,
  };
}
