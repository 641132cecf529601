/** A few seconds of a media, made with parameters that need not be saved: what comes of it is seen before anything is decided. */
import { z } from "zod";

/** In database, code and screen. */
export const TRIAL_STATES = ["waiting", "running", "succeeded", "failed", "cancelled"] as const;
export type TrialState = (typeof TRIAL_STATES)[number];

export const TRIAL_SECONDS = { min: 2, max: 10, usual: 5 };

/** Which seconds: those in the middle, those with most bits, or those from a place on. */
export const stretch = z.strictObject({
  start: z.union([z.enum(["middle", "busiest"]), z.number().min(0).max(604_800)]).default("middle"),
  durationSeconds: z.number().min(TRIAL_SECONDS.min).max(TRIAL_SECONDS.max).default(TRIAL_SECONDS.usual),
});
export type Stretch = z.output<typeof stretch>;

/** Structural similarity of what was made with what it was made from: 1 where nobody could tell them apart. */
const ssim = z.strictObject({
  all: z.number(),
  y: z.number(),
  u: z.number(),
  v: z.number(),
  /** The worst frame. */
  lowest: z.number(),
  /** When it is seen, from the beginning of the stretch. */
  lowestAtSeconds: z.number(),
});
export type Ssim = z.output<typeof ssim>;

/** Heights of a waveform, from 0 to 1, evenly over the stretch. */
const peaks = z.array(z.number());

export const shownResult = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("film"),
    /** Both, one above the other, frame by frame: the original and what was made of it. */
    pairName: z.string(),
    widthPx: z.int(),
    heightPx: z.int(),
    framesPerSecond: z.number(),
    /** Of what was made, before it was brought to the size of the original. */
    made: z.strictObject({ widthPx: z.int(), heightPx: z.int(), codec: z.string() }),
    ssim: ssim.nullable(),
  }),
  z.strictObject({
    kind: z.literal("sound"),
    originalName: z.string(),
    madeName: z.string(),
    originalPeaks: peaks,
    madePeaks: peaks,
  }),
  z.strictObject({
    kind: z.literal("pictures"),
    /** The frame of the source, as it is; null where there is none at that place. */
    frameName: z.string().nullable(),
    pictures: z.array(
      z.strictObject({
        name: z.string(),
        contentType: z.string(),
        widthPx: z.int().nullable(),
        heightPx: z.int().nullable(),
        sizeBytes: z.int(),
      }),
    ),
  }),
]);

export const trialResult = z.strictObject({
  startSeconds: z.number(),
  durationSeconds: z.number(),
  sizeBytes: z.number(),
  /** Of the whole media, as far as these seconds are like the others. */
  wholeSizeBytes: z.number().nullable(),
  seconds: z.number(),
  wholeSeconds: z.number().nullable(),
  /** Below the trial's own folder. */
  folder: z.string(),
  shown: shownResult,
});
export type TrialResult = z.output<typeof trialResult>;
