import { z } from "zod";
import { filter, numberText } from "../../ffmpeg/filter.ts";
import type { VideoStream } from "../../media.ts";

/** 2: twice as fast, in half the time. */
export const playbackSpeed = z.number().min(0.05).max(20).default(1);

/** Frames per second as they pass at that speed, but no more than before: nobody asked for more. 0 when unknown. */
export function rateAtSpeed(speed: number, { framesPerSecond }: VideoStream): number {
  return framesPerSecond * Math.min(1, speed);
}

export function pictureAtSpeed(speed: number): string | null {
  return speed === 1 ? null : filter("setpts", [`PTS/${numberText(speed)}`]);
}

/** The same pitch, sooner or later over. */
export function soundAtSpeed(speed: number): (string | null)[] {
  if (speed === 1) return [];
  return [
    // The filter would keep a pause before the first sound as long as it was.
    filter("aresample", { async: 1, first_pts: 0 }),
    ...tempiOf(speed).map((tempo) => filter("atempo", [tempo])),
  ];
}

/** Beyond twice as fast it leaves sounds out rather than blend them, and it goes no slower than half. */
function tempiOf(speed: number): number[] {
  if (speed > 2) return [2, ...tempiOf(speed / 2)];
  if (speed < 0.5) return [0.5, ...tempiOf(speed / 0.5)];
  return [speed];
}
