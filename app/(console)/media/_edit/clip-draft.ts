import { fail, ok, type Result } from "#domain/result.ts";
import { formatTimestamp } from "../../../_lib/format.ts";
import { parseTimestamp } from "../../../_lib/timestamp.ts";

/** One line of the list: a stretch of a media, as it was typed. Empty times are the beginning and the end. */
export interface ClipDraft {
  key: number;
  mediaId: string;
  start: string;
  end: string;
  /** Of the part, where every clip becomes a media. */
  name: string;
}

export interface ReadClip {
  startOffsetSeconds: number;
  /** 0: the end. */
  endOffsetSeconds: number;
  startSeconds: number;
  endSeconds: number;
}

/** Keys of `edit.errors`. */
export interface ClipErrors {
  start?: "badTime" | "startOutside";
  end?: "badTime" | "endOutside" | "endBeforeStart";
}

/** A thousandth, the last digit that is shown: less is no mistake of whoever typed it. */
const TOLERANCE_SECONDS = 0.001;

export function newClip(clips: readonly ClipDraft[], mediaId: string): ClipDraft {
  const key = 1 + Math.max(-1, ...clips.map((clip) => clip.key));
  return { key, mediaId, start: "", end: "", name: "" };
}

export function readClip({ start, end }: ClipDraft, mediaSeconds: number): Result<ReadClip, ClipErrors> {
  const startSeconds = start.trim() === "" ? 0 : parseTimestamp(start);
  const endTyped = end.trim() === "" ? mediaSeconds : parseTimestamp(end);
  const errors: ClipErrors = {};
  if (startSeconds === null) errors.start = "badTime";
  else if (startSeconds >= mediaSeconds) errors.start = "startOutside";
  if (endTyped === null) errors.end = "badTime";
  else if (endTyped > mediaSeconds + TOLERANCE_SECONDS) errors.end = "endOutside";
  else if (startSeconds !== null && errors.start === undefined && endTyped <= startSeconds)
    errors.end = "endBeforeStart";
  if (startSeconds === null || endTyped === null || Object.keys(errors).length > 0) return fail(errors);
  const endSeconds = Math.min(endTyped, mediaSeconds);
  return ok({
    startOffsetSeconds: startSeconds,
    endOffsetSeconds: endSeconds >= mediaSeconds ? 0 : endSeconds,
    startSeconds,
    endSeconds,
  });
}

/** The clip in two at a moment, the second with a key of its own; as it was where the moment does not lie inside it. */
export function cutAt(clips: readonly ClipDraft[], key: number, seconds: number, mediaSeconds: number): ClipDraft[] {
  return clips.flatMap((clip) => {
    if (clip.key !== key) return clip;
    const read = readClip(clip, mediaSeconds);
    if (!read.ok || seconds <= read.value.startSeconds || seconds >= read.value.endSeconds) return clip;
    const at = formatTimestamp(seconds);
    return [
      { ...clip, end: at },
      { ...newClip(clips, clip.mediaId), start: at, end: clip.end },
    ];
  });
}

export function movedClip(clips: readonly ClipDraft[], key: number, by: -1 | 1): ClipDraft[] {
  const from = clips.findIndex((clip) => clip.key === key);
  const [clip, neighbour] = [clips[from], clips[from + by]];
  if (clip === undefined || neighbour === undefined) return [...clips];
  return clips.map((each) => (each === clip ? neighbour : each === neighbour ? clip : each));
}
