import type { Failure } from "../../error.ts";
import type { AudioStream, MediaInfo, VideoStream } from "../../media.ts";
import { mediaFile, type PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { timeRangeOf } from "../time-range.ts";
import { mainAudioOf } from "../transcode/encode-audio.ts";
import type { Clip } from "./schema.ts";

/** A clip with the media it is taken from: what is joined. */
export interface Stretch {
  path: string;
  media: MediaInfo;
  video: VideoStream | null;
  audio: AudioStream | null;
  startSeconds: number;
  durationSeconds: number;
  /** The whole media. */
  whole: boolean;
}

/** Every clip with its media; the first one that cannot be fails them all, as a film with a hole is nothing to anybody. */
export function stretchesOf(clips: readonly Clip[], context: PlanContext): Result<Stretch[], Failure> {
  const stretches: Stretch[] = [];
  for (const { mediaId, ...offsets } of clips) {
    const source = mediaId === null ? { path: context.inputPath, info: context.media } : mediaFile(context, mediaId);
    const { path, info: media } = source;
    if (media.durationSeconds === 0) return fail({ code: "NO_DURATION", detail: media.formatName });
    const range = timeRangeOf(offsets, media.durationSeconds);
    if (!range.ok) return range;
    stretches.push({ path, media, video: media.video, audio: mainAudioOf(media), ...range.value });
  }
  return ok(stretches);
}

export function secondsOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
}
