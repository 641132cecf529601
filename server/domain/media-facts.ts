/** What people say of a media, and within which bounds. */
import { z } from "zod";
import type { Failure } from "./error.ts";
import { fail, ok, type Result } from "./result.ts";

export const MEDIA_NAME_MAX = 64;
export const DESCRIPTION_MAX = 128;
export const TAGS_MAX = 16;
export const TAG_MAX = 32;
export const KEY_MOMENTS_MAX = 100;
export const KEY_MOMENT_TEXT_MAX = 128;
export const SUBTITLES_MAX = 16;

/** What file systems and addresses have other uses for. */
const NO_NAME = /[\\/:*?"<>|]/;

/** Of callers of the API; a file that comes in by a browser keeps its own name. */
export const mediaName = z
  .string()
  .min(1)
  .max(MEDIA_NAME_MAX)
  .refine((name) => !NO_NAME.test(name), { message: "mediaName" });

export const description = z.string().max(DESCRIPTION_MAX);
export const tag = z.string().trim().min(1).max(TAG_MAX);
export const tags = z.array(tag).max(TAGS_MAX);

/** A point of its time line that is worth finding again. */
export const keyMoment = z.strictObject({
  atSeconds: z.number().min(0).max(604_800),
  text: z.string().min(1).max(KEY_MOMENT_TEXT_MAX),
});
export type KeyMoment = z.output<typeof keyMoment>;
export const keyMoments = z.array(keyMoment);

/** Words to a media that were uploaded beside it. `id` is that of their asset. */
export const mediaSubtitle = z.strictObject({
  id: z.string(),
  name: z.string().max(64),
  /** As RFC 5646 has it: `zh`, `en-GB`. */
  language: z.string().max(35),
});
export type MediaSubtitle = z.output<typeof mediaSubtitle>;
export const mediaSubtitles = z.array(mediaSubtitle);

/** How a list is to change; what is added stands behind what stays. */
export interface ListChange<Item, Key> {
  clear?: boolean;
  remove?: readonly Key[];
  add?: readonly Item[];
}

/** Each tag is there once. */
export function changeTags(current: readonly string[], change: ListChange<string, string>): Result<string[], Failure> {
  const kept = change.clear ? [] : current.filter((one) => !change.remove?.includes(one));
  const changed = [...new Set([...kept, ...(change.add ?? [])])];
  return changed.length > TAGS_MAX ? fail({ code: "TOO_MANY_TAGS", detail: `${changed.length}` }) : ok(changed);
}

/** In the order of time; what is added at a second takes the place of what was there. */
export function changeKeyMoments(
  current: readonly KeyMoment[],
  change: ListChange<KeyMoment, number>,
): Result<KeyMoment[], Failure> {
  const added = new Map((change.add ?? []).map((one) => [one.atSeconds, one]));
  const gone = (atSeconds: number) => added.has(atSeconds) || change.remove?.includes(atSeconds);
  const kept = change.clear ? [] : current.filter(({ atSeconds }) => !gone(atSeconds));
  const changed = [...kept, ...added.values()].sort((a, b) => a.atSeconds - b.atSeconds);
  return changed.length > KEY_MOMENTS_MAX
    ? fail({ code: "TOO_MANY_KEY_MOMENTS", detail: `${changed.length}` })
    : ok(changed);
}

export function changeSubtitles(
  current: readonly MediaSubtitle[],
  change: ListChange<MediaSubtitle, string>,
): Result<MediaSubtitle[], Failure> {
  const kept = change.clear ? [] : current.filter(({ id }) => !change.remove?.includes(id));
  const changed = [...kept, ...(change.add ?? [])];
  return changed.length > SUBTITLES_MAX
    ? fail({ code: "TOO_MANY_SUBTITLES", detail: `${changed.length}` })
    : ok(changed);
}
