import type { MediaInfo } from "../media.ts";
import type { ExaminedStretch } from "./examined-stretch.ts";
import type { CheckedStream, Finding } from "./report.ts";

type WrongDuration = Pick<Finding, "check" | "startSeconds" | "endSeconds" | "measured" | "threshold" | "stream">;

/** Streams that end elsewhere than they say themselves, than the container says, or than each other. One for each. */
export function wrongDurations(
  streams: readonly CheckedStream[],
  { durationSeconds }: MediaInfo,
  toleranceSeconds: number,
  stretch: ExaminedStretch,
): WrongDuration[] {
  const found = new Map<number | null, WrongDuration>();
  const compare = (stream: number | null, decoded: number, declared: number) => {
    const [actual, wanted] = [withinStretch(decoded, stretch), withinStretch(declared, stretch)];
    const measured = Math.abs(actual - wanted);
    if (measured <= toleranceSeconds || found.has(stream)) return;
    const [startSeconds, endSeconds] = [Math.min(actual, wanted), Math.max(actual, wanted)];
    found.set(stream, { check: "duration", startSeconds, endSeconds, measured, threshold: toleranceSeconds, stream });
  };
  for (const { index, decodedSeconds, declaredSeconds } of streams)
    if (declaredSeconds !== null) compare(index, decodedSeconds, declaredSeconds);
  if (found.size === 0) compare(null, longestOf(streams), durationSeconds);
  const video = streams.find(({ type }) => type === "video");
  for (const audio of streams.filter(({ type }) => type === "audio")) {
    if (video === undefined || found.has(video.index) || found.has(audio.index)) continue;
    compare(audio.index, audio.decodedSeconds, video.decodedSeconds);
  }
  return [...found.values()];
}

/** What lies before and after a stretch was not looked at, and tells nothing. */
function withinStretch(seconds: number, { startSeconds, endSeconds, whole }: ExaminedStretch): number {
  return whole ? seconds : Math.min(endSeconds, Math.max(startSeconds, seconds));
}

function longestOf(streams: readonly CheckedStream[]): number {
  return Math.max(0, ...streams.map(({ decodedSeconds }) => decodedSeconds));
}
