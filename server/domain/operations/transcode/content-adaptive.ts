import { z } from "zod";
import type { Size } from "../picture-size.ts";
import { zeroOr } from "../zero-or.ts";
import type { VideoCodec } from "./video-params.ts";

/** As many bits as this picture needs, rather than as many as any picture of its size may need. */
export const contentAdaptive = z.strictObject({
  /** 0: by the size of the picture. */
  bitrateKbpsMax: zeroOr(16, 100_000).meta({ unit: "kbps" }),
});
export type ContentAdaptive = z.output<typeof contentAdaptive>;

/**
 * Presets that need about a fifth fewer bits than the quick one of fixed rates, and the quality at which pictures that are
 * easy (a still camera, a screen) need a third less or better: measured on real clips of 360p to 1080p, against the fixed
 * rate of the size, at an SSIM as high or lower by no more than 0.002.
 */
const THOROUGH = {
  h264: { preset: "medium", crf: 21 },
  h265: { preset: "fast", crf: 21 },
} as const satisfies Partial<Record<VideoCodec, { preset: string; crf: number }>>;

export type AdaptiveCodec = keyof typeof THOROUGH;

export function adaptsToContent(codec: VideoCodec): codec is AdaptiveCodec {
  return Object.hasOwn(THOROUGH, codec);
}

/** What the fixed presets spend on pictures of so many pixels, at 30 frames a second or less. */
const FIXED_KBPS = {
  h264: [
    { pixels: 640 * 360, kbps: 400 },
    { pixels: 960 * 540, kbps: 1000 },
    { pixels: 1280 * 720, kbps: 1800 },
    { pixels: 1920 * 1080, kbps: 2500 },
    { pixels: 2560 * 1440, kbps: 3000 },
    { pixels: 3840 * 2160, kbps: 6000 },
    { pixels: 7680 * 4320, kbps: 24_000 },
  ],
  h265: [
    { pixels: 426 * 240, kbps: 250 },
    { pixels: 854 * 480, kbps: 600 },
    { pixels: 1280 * 720, kbps: 800 },
    { pixels: 1920 * 1080, kbps: 1400 },
    { pixels: 2560 * 1440, kbps: 2048 },
    { pixels: 3840 * 2160, kbps: 4096 },
    { pixels: 7680 * 4320, kbps: 16_384 },
  ],
} as const satisfies Record<AdaptiveCodec, readonly { pixels: number; kbps: number }[]>;

/** What the thorough preset needs of a fixed rate to look as good, on pictures that need all of it. */
const CEILING_SHARE = 0.8;

/** Preset and rate of an encoder that follows the content: constant quality below a ceiling. */
export function followingContent(
  codec: AdaptiveCodec,
  { bitrateKbpsMax }: ContentAdaptive,
  size: Size,
  framesPerSecond: number,
): { preset: (typeof THOROUGH)[AdaptiveCodec]["preset"]; rate: string[] } {
  const { preset, crf } = THOROUGH[codec];
  const ceilingKbps = bitrateKbpsMax || Math.round(CEILING_SHARE * fixedKbpsOf(codec, size, framesPerSecond));
  return {
    preset,
    // Over two seconds, as long as a player has usually loaded ahead.
    rate: ["-crf", String(crf), "-maxrate", `${ceilingKbps}k`, "-bufsize", `${2 * ceilingKbps}k`],
  };
}

function fixedKbpsOf(codec: AdaptiveCodec, { widthPx, heightPx }: Size, framesPerSecond: number): number {
  const pixels = widthPx * heightPx;
  let below = { pixels: 0, kbps: 0 };
  for (const step of FIXED_KBPS[codec]) {
    if (pixels <= step.pixels) {
      const share = (pixels - below.pixels) / (step.pixels - below.pixels);
      return (below.kbps + share * (step.kbps - below.kbps)) * Math.max(1, framesPerSecond / 30);
    }
    below = step;
  }
  return below.kbps;
}
