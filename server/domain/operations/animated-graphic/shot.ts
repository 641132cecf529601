import { chain, filter, type graph } from "../../ffmpeg/filter.ts";
import type { Seek } from "../../ffmpeg/seek.ts";
import type { MediaInfo, VideoStream } from "../../media.ts";
import type { CommandInput } from "../../plan.ts";
import { seekOptions, seekToPicture, stretchFrames } from "../stretch-frames.ts";
import type { TimeRange } from "../time-range.ts";
import type { AnimatedGraphicParams } from "./schema.ts";

/** What is taken of the source: one stretch, or several parts one after another, all of the same number of frames. */
export interface Shot {
  parts: readonly { seek: Seek; durationSeconds: number }[];
  framesOfPart: number;
  framesPerSecond: number;
}

export function shotOf(
  { framesPerSecond, highlight }: AnimatedGraphicParams,
  { startSeconds, durationSeconds }: TimeRange,
  media: MediaInfo,
  video: VideoStream,
): Shot {
  // Where the parts would touch, they are the whole.
  const isWhole = highlight === null || highlight.parts * highlight.partSeconds >= durationSeconds;
  const count = isWhole ? 1 : highlight.parts;
  const partSeconds = isWhole ? durationSeconds : highlight.partSeconds;
  const parts = Array.from({ length: count }, (_, index) => {
    // Each in the middle of its share of the stretch: neither the opening titles nor the last black frames.
    const second = isWhole ? startSeconds : startSeconds + (durationSeconds * (index + 0.5)) / count - partSeconds / 2;
    return { seek: seekToPicture(second, media, video), durationSeconds: partSeconds };
  });
  // 1 s at 10 fps has frames at 0 to 0.9 s; of 1.1 × 10 the multiplication may leave 11.000000000000002.
  const framesOfPart = Math.max(1, Math.ceil(partSeconds * framesPerSecond - 1e-6));
  return { parts, framesOfPart, framesPerSecond };
}

/** An input for each part. */
export function inputsOf({ parts }: Shot, path: string): CommandInput[] {
  return parts.map(({ seek }) => ({ path, options: seekOptions(seek) }));
}

type Chains = Parameters<typeof graph>[0];

/** Chains before, the labels that they end in, and the filters that make one stream of frames of them. */
export interface ShotFrames {
  chains: Chains;
  from: readonly string[];
  steps: string;
}

export function framesOf({ parts, framesOfPart, framesPerSecond }: Shot, video: VideoStream): ShotFrames {
  const taken = parts.map(({ seek }) => stretchFrames(seek, framesPerSecond, framesOfPart));
  const [only, ...others] = taken;
  if (only !== undefined && others.length === 0) return { chains: [], from: [`0:${video.index}`], steps: only };
  return {
    chains: taken.map((steps, index) => ({ from: [`${index}:${video.index}`], steps, to: [`part${index}`] })),
    from: taken.map((_, index) => `part${index}`),
    steps: chain([
      filter("concat", { n: taken.length }),
      // A part of one frame has no length that could be added to: the frames are counted anew.
      filter("settb", [`1/${framesPerSecond}`]),
      filter("setpts", ["N"]),
    ]),
  };
}
