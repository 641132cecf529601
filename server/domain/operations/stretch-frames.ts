import { chain, filter, numberText } from "../ffmpeg/filter.ts";
import { HELD_FRAMES } from "../ffmpeg/held-frames.ts";
import { type Seek, seekTo } from "../ffmpeg/seek.ts";
import type { MediaInfo, VideoStream } from "../media.ts";

/** After the picture's end there is nothing to seek to; its last frame stays. */
export function seekToPicture(seconds: number, media: MediaInfo, video: VideoStream): Seek {
  return seekTo(Math.min(seconds, video.durationSeconds ?? media.durationSeconds), media);
}

/** Exactly so many frames from the second that was sought on, counted from 0; each shows what is on screen at its time. */
export function stretchFrames({ surplusSeconds }: Seek, framesPerSecond: number | string, frames: number): string {
  return chain([
    HELD_FRAMES,
    filter("trim", { start: numberText(surplusSeconds) }),
    filter("setpts", ["PTS-STARTPTS"]),
    filter("fps", { fps: framesPerSecond, round: "up", start_time: 0 }),
    filter("trim", { end_frame: frames }),
  ]);
}

/** Options of an input that is read from there on. */
export function seekOptions({ input }: Seek): readonly string[] {
  // Keep what is decoded from the key frame on: among it is the frame that is still on screen at the asked second.
  return input.length === 0 ? [] : ["-noaccurate_seek", ...input];
}

/** After a seek, ffmpeg counts from the second that was asked for. */
export function onSourceTime(startSeconds: number): string | null {
  if (startSeconds === 0) return null;
  // In milliseconds: what `fps` counts in is as long as its frames are apart.
  return chain([filter("settb", ["1/1000"]), filter("setpts", [`PTS+${Math.round(1000 * startSeconds)}`])]);
}
