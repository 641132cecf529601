/** New media out of those there are: stretches joined into one, or one cut into several. */
import type { Failure } from "#domain/error.ts";
import type { MediaInfo } from "#domain/media.ts";
import type { Operation } from "#domain/operations/operation.ts";
import { type Offsets, timeRangeOf } from "#domain/operations/time-range.ts";
import { fail, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import type { CreatedTask, TaskTerms } from "../tasks/new-task.ts";
import type { EditInput, SplitInput } from "./edit-input.ts";
import { createMaking, findMedia, nameOf, readOperation } from "./media-making.ts";

/** Everything is looked at before there is a task, so that what cannot be is said at once and by its field. */
export async function editMedia(
  db: Db,
  terms: TaskTerms,
  { clips, result, ...params }: EditInput,
): Promise<Result<CreatedTask, Failure>> {
  const media = await findMedia(
    db,
    terms.applicationId,
    clips.map(({ mediaId }) => mediaId),
  );
  if (!media.ok) return media;
  const [first] = media.value;
  if (first === undefined) return fail({ code: "INVALID_PARAMETER", detail: "clips: tooFew" });
  const wrong = media.value.findIndex(({ info }, index) => !isInside(clips[index], info));
  if (wrong >= 0) return fail({ code: "INVALID_TIME_OFFSET", detail: `clips.${wrong}` });
  const edit = readOperation({
    kind: "edit",
    params: {
      ...params,
      clips: clips.map((clip) => ({ ...clip, mediaId: clip.mediaId === first.id ? null : clip.mediaId })),
      result: { ...result, name: result.name || nameOf(first.name, "edit", "mp4") },
    },
  });
  return edit.ok ? createMaking(db, terms, first.id, [edit.value]) : edit;
}

/** One subtask for each part: each has its own progress and outcome, and is restarted alone. */
export async function splitMedia(
  db: Db,
  terms: TaskTerms,
  { mediaId, cutMode, segments }: SplitInput,
): Promise<Result<CreatedTask, Failure>> {
  const found = await findMedia(db, terms.applicationId, [mediaId]);
  if (!found.ok) return found;
  const [media] = found.value;
  if (media === undefined) return fail({ code: "MEDIA_NOT_FOUND", detail: mediaId });
  const operations: Operation[] = [];
  for (const [index, { result, ...offsets }] of segments.entries()) {
    if (!isInside(offsets, media.info)) return fail({ code: "INVALID_TIME_OFFSET", detail: `segments.${index}` });
    const name = result.name || nameOf(media.name, String(index + 1), "mp4");
    const split = readOperation({ kind: "split", params: { ...offsets, cutMode, result: { ...result, name } } });
    if (!split.ok) return split;
    operations.push(split.value);
  }
  return createMaking(db, terms, mediaId, operations);
}

function isInside(offsets: Offsets | undefined, { durationSeconds }: MediaInfo): boolean {
  return offsets !== undefined && timeRangeOf(offsets, durationSeconds).ok;
}
