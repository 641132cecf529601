import type { VideoStream } from "../media.ts";

/** A whole number or a fraction, as ffmpeg and DASH take it: 29.97 is 30000/1001. */
export function frameRateText(framesPerSecond: number): string {
  if (Number.isInteger(framesPerSecond)) return String(framesPerSecond);
  const television = 1000 * Math.round(1.001 * framesPerSecond);
  if (Math.abs(television / 1001 - framesPerSecond) < 0.001) return `${television}/1001`;
  return `${Math.round(1000 * framesPerSecond)}/1000`;
}

/** For evenly spaced frames: as many as the source has, or about as many where it has no rate of its own. */
export function evenRateOf({ framesPerSecond, variableFrameRate }: VideoStream): number {
  if (framesPerSecond === 0) return 25;
  const even = !variableFrameRate && framesPerSecond >= 1;
  return even ? framesPerSecond : Math.min(60, Math.max(1, Math.round(framesPerSecond)));
}
