/** What stands when on the time line, in seconds: tracks are sequences, and each item follows from the one before. */
import type { Failure } from "../../error.ts";
import type { AudioStream, MediaInfo, VideoStream } from "../../media.ts";
import { mediaFile, type PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { mainAudioOf } from "../transcode/encode-audio.ts";
import type { ComposedClip, ComposedSound, ComposeParams } from "./schema.ts";

/** Longer than any composition; a slip of the pen should not fill a disk. */
const TIME_LINE_SECONDS_MAX = 86_400;
/** Asking for a little more than there is means all of it: lengths are rounded in many places. */
const TOLERANCE_SECONDS = 0.1;

export interface Source {
  path: string;
  media: MediaInfo;
  video: VideoStream | null;
  audio: AudioStream | null;
}

/** An item with its media and its place on the time line. */
export interface Placed<T> {
  item: T;
  source: Source;
  /** Place in the parameters: `videoTracks.0.clips.3`. */
  field: string;
  startSeconds: number;
  endSeconds: number;
  /** In its media. */
  fromSeconds: number;
}

export interface TimeLine {
  videoTracks: Placed<ComposedClip>[][];
  audioTracks: Placed<ComposedSound>[][];
  /** Of all that is asked to be seen or heard. */
  durationSeconds: number;
}

export function timeLineOf(params: ComposeParams, context: PlanContext): Result<TimeLine, Failure> {
  const videoTracks: Placed<ComposedClip>[][] = [];
  for (const [index, { clips }] of params.videoTracks.entries()) {
    const placed = placeTrack(clips, `videoTracks.${index}.clips`, context);
    if (!placed.ok) return placed;
    const refused = refuseTransitions(placed.value);
    if (refused !== null) return fail(refused);
    videoTracks.push(placed.value);
  }
  const audioTracks: Placed<ComposedSound>[][] = [];
  for (const [index, { sounds }] of params.audioTracks.entries()) {
    const placed = placeTrack(sounds, `audioTracks.${index}.sounds`, context);
    if (!placed.ok) return placed;
    for (const { field, source } of placed.value)
      if (source.audio === null) return fail({ code: "NO_AUDIO_STREAM", detail: field });
    audioTracks.push(placed.value);
  }
  const ends = [
    ...videoTracks.flat().map(({ endSeconds }) => endSeconds),
    ...(params.audio === null ? [] : audioTracks.flat().map(({ endSeconds }) => endSeconds)),
    ...(params.video === null ? [] : params.stickerTracks.flatMap(({ stickers }) => stickers.map(endOfSticker))),
  ];
  const durationSeconds = Math.max(0, ...ends);
  if (durationSeconds > TIME_LINE_SECONDS_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `videoTracks: ${durationSeconds} s is more than a day` });
  return ok({ videoTracks, audioTracks, durationSeconds });
}

function endOfSticker({ appearsAtSeconds, lastsSeconds }: { appearsAtSeconds: number; lastsSeconds: number }): number {
  return appearsAtSeconds + lastsSeconds;
}

function placeTrack<T extends ComposedSound & { transition?: ComposedClip["transition"] }>(
  items: readonly T[],
  field: string,
  context: PlanContext,
): Result<Placed<T>[], Failure> {
  const placed: Placed<T>[] = [];
  let end = 0;
  for (const [index, item] of items.entries()) {
    const source = sourceOf(item.mediaId, context);
    const lasts = durationOf(item, source.media, `${field}.${index}`);
    if (!lasts.ok) return lasts;
    const startSeconds = end + item.gapBeforeSeconds - (item.transition?.seconds ?? 0);
    end = startSeconds + lasts.value;
    placed.push({
      ...{ item, source, field: `${field}.${index}` },
      ...{ startSeconds, endSeconds: end, fromSeconds: item.startSeconds },
    });
  }
  return ok(placed);
}

export function sourceOf(mediaId: string | null, context: PlanContext): Source {
  const { path, info: media } =
    mediaId === null ? { path: context.inputPath, info: context.media } : mediaFile(context, mediaId);
  return { path, media, video: media.video, audio: mainAudioOf(media) };
}

function durationOf(item: ComposedSound, media: MediaInfo, field: string): Result<number, Failure> {
  // A picture lasts as long as it is said to.
  if (media.durationSeconds === 0)
    return item.durationSeconds > 0
      ? ok(item.durationSeconds)
      : fail({ code: "NO_DURATION", detail: `${field}.durationSeconds` });
  const rest = media.durationSeconds - item.startSeconds;
  const asked = item.durationSeconds || rest;
  if (rest <= 0 || asked > rest + TOLERANCE_SECONDS) return fail({ code: "INVALID_TIME_OFFSET", detail: field });
  return ok(Math.min(asked, rest));
}

/** A clip is seen alone at some time, so transitions at its two ends do not meet. */
function refuseTransitions(track: readonly Placed<ComposedClip>[]): Failure | null {
  for (const [index, { item, field, startSeconds, endSeconds }] of track.entries()) {
    const into = item.transition?.seconds ?? 0;
    const outOf = track[index + 1]?.item.transition?.seconds ?? 0;
    if (into + outOf > 0 && into + outOf >= endSeconds - startSeconds) {
      const longer = into > 0 ? field : track[index + 1]?.field;
      return { code: "INVALID_PARAMETER", detail: `${longer}.transition.seconds: longerThanClip` };
    }
  }
  return null;
}
