/**
 * A rung that the source already is. Its packets go into the stream as they are: nothing is lost, and it
 * costs no encoding. What is copied can be cut at the source's own key frames only, so every other rung is given the same. Whatever speaks against it, the rung is encoded like the others; the output's facts tell which it was.
 */
import type { KeyFrames } from "../../ffmpeg/key-frames.ts";
import type { StreamName } from "../../manifest/manifest.ts";
import type { VideoStream } from "../../media.ts";
import { gopFramesOf } from "../transcode/encode-video.ts";
import type { VideoParams } from "../transcode/video-params.ts";
import type { PictureToEncode } from "./ladder.ts";
import type { AdaptiveStreamingParams } from "./schema.ts";

export interface CopiedRung {
  name: StreamName;
  /** Seconds at which every picture has its key frames, but for the first. */
  keyFrames: readonly number[];
}

/** Their times are one argument of ffmpeg's, and Linux takes none above 128 KiB. */
const KEY_FRAMES_MAX = 10_000;

export function copiedRungOf(
  { segmentSeconds, burntSubtitles, watermarks }: AdaptiveStreamingParams,
  pictures: readonly PictureToEncode[],
  video: VideoStream,
  { seconds, closed }: KeyFrames,
  endSeconds: number,
): CopiedRung | null {
  // Nothing can be drawn into what is copied.
  if (burntSubtitles.length + watermarks.length > 0 || !closed || !isPlain(video)) return null;
  // Frames of encoded rungs stand where an even rate puts them, from 0 on; some containers round their times.
  const even = seconds.map((at) => Math.round(at * video.framesPerSecond) / video.framesPerSecond);
  if (even[0] !== 0 || even.some((at, index) => Math.abs(at - (seconds[index] ?? 0)) > 0.002)) return null;
  const longest = Math.max(...even.map((at, index) => (even[index + 1] ?? endSeconds) - at));
  // So no segment becomes twice as long as asked for.
  if (longest > segmentSeconds) return null;
  // Rounded by a millisecond, one may come too early for a cut by nothing and the other not.
  const alike = cutsOf(seconds, segmentSeconds).join() === cutsOf(even, segmentSeconds).join();
  if (!alike || even.length > KEY_FRAMES_MAX) return null;

  const [fitting] = pictures
    .filter((picture) => fits(picture, video, longest))
    .toSorted((a, b) => a.params.bitrateKbps - b.params.bitrateKbps);
  return fitting === undefined ? null : { name: fitting.name, keyFrames: even.slice(1) };
}

/** As the muxer cuts: segment n ends at the first key frame from n times its length on. Places in the list. */
function cutsOf(seconds: readonly number[], segmentSeconds: number): number[] {
  const cuts: number[] = [];
  for (const [index, at] of seconds.entries()) {
    // In microseconds, as the muxer counts.
    if (Math.round(1e6 * at) >= 1e6 * segmentSeconds * (cuts.length + 1)) cuts.push(index);
  }
  return cuts;
}

/** As encoders make pictures for every player: upright, in square pixels, whole and evenly spaced frames, 8 bit, SDR. */
function isPlain(video: VideoStream): boolean {
  return (
    video.pixelFormat === "yuv420p" &&
    video.dynamicRange === "sdr" &&
    video.rotationDegrees === 0 &&
    video.sampleAspectRatio === 1 &&
    !video.interlaced &&
    !video.variableFrameRate &&
    video.framesPerSecond >= 1
  );
}

const CODECS: Record<string, VideoParams["codec"]> = { h264: "h264", hevc: "h265" };

/** From the least demanding on; a player of one plays those before it. */
const PROFILES = ["baseline", "main", "high"];
const PROFILE_OF: Record<string, string> = {
  "Constrained Baseline": "baseline",
  Baseline: "baseline",
  Main: "main",
  High: "high",
};

function fits({ params, placement, widthPx, heightPx }: PictureToEncode, video: VideoStream, longest: number): boolean {
  const { frame, picture } = placement;
  const filled = frame.widthPx === picture.widthPx && frame.heightPx === picture.heightPx;
  const ceiling = params.profile === "default" ? "high" : params.profile;
  const profile = video.codec === "h264" ? PROFILE_OF[video.profile ?? ""] : "baseline";
  const gopFrames = gopFramesOf(params, video.framesPerSecond);
  return (
    CODECS[video.codec] === params.codec &&
    filled &&
    widthPx === video.widthPx &&
    heightPx === video.heightPx &&
    (params.framesPerSecond === 0 || params.framesPerSecond === video.framesPerSecond) &&
    profile !== undefined &&
    PROFILES.indexOf(profile) <= PROFILES.indexOf(ceiling) &&
    // Where no rate is asked for, the source's may be far above what a connection carries.
    (params.rateMode === "vbr" || params.rateMode === "abr") &&
    video.bitrateBps > 0 &&
    video.bitrateBps <= 1000 * params.bitrateKbps &&
    params.bFrames === null &&
    (gopFrames === 0 || Math.round(longest * video.framesPerSecond) <= gopFrames)
  );
}
