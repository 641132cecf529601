/** New media out of those there are: stretches joined into one, or one cut into several. */
import { z } from "zod";
import type { Failure } from "#domain/error.ts";
import { fieldErrorsOf } from "#domain/form.ts";
import { type MediaInfo, mediaInfo } from "#domain/media.ts";
import { type Operation, operation } from "#domain/operations/operation.ts";
import { type Offsets, timeRangeOf } from "#domain/operations/time-range.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { failureOf } from "../db/rows.ts";
import { findProcedure } from "../procedures/find-procedure.ts";
import { createTask } from "../tasks/create-task.ts";
import type { CreatedTask, TaskTerms } from "../tasks/new-task.ts";
import type { EditInput, SplitInput } from "./edit-input.ts";

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
      result: { ...result, name: result.name || nameOf(first.name, "edit") },
    },
  });
  return edit.ok ? createEdits(db, terms, first.id, [edit.value]) : edit;
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
    const name = result.name || nameOf(media.name, String(index + 1));
    const split = readOperation({ kind: "split", params: { ...offsets, cutMode, result: { ...result, name } } });
    if (!split.ok) return split;
    operations.push(split.value);
  }
  return createEdits(db, terms, mediaId, operations);
}

async function createEdits(
  db: Db,
  terms: TaskTerms,
  mediaId: string,
  operations: readonly Operation[],
): Promise<Result<CreatedTask, Failure>> {
  const named = operations.flatMap(({ params }) => ("result" in params ? (params.result.procedureName ?? []) : []));
  for (const name of new Set(named)) {
    const procedure = await findProcedure(db, terms.applicationId, name);
    if (!procedure.ok) return procedure;
  }
  return createTask(db, { ...terms, mediaId, operations });
}

const known = z.object({ id: z.string(), name: z.string(), info: mediaInfo });
type Known = z.output<typeof known>;

/** In the order of `ids`, which may repeat. What belongs to another application is as if it did not exist. */
async function findMedia(db: Db, applicationId: number, ids: readonly string[]): Promise<Result<Known[], Failure>> {
  const rows = await db.media.findMany({
    where: { id: { in: [...new Set(ids)] }, applicationId, deletedAt: null },
    select: { id: true, name: true, info: true, errorCode: true, errorDetail: true },
  });
  const unreadable = rows.map(failureOf).find((failure) => failure !== null);
  if (unreadable) return fail(unreadable);
  const byId = new Map(rows.map((row) => [row.id, known.parse(row)]));
  const missing = ids.find((id) => !byId.has(id));
  if (missing !== undefined) return fail({ code: "MEDIA_NOT_FOUND", detail: missing });
  return ok(ids.flatMap((id) => byId.get(id) ?? []));
}

function isInside(offsets: Offsets | undefined, { durationSeconds }: MediaInfo): boolean {
  return offsets !== undefined && timeRangeOf(offsets, durationSeconds).ok;
}

function readOperation(input: unknown): Result<Operation, Failure> {
  const parsed = operation.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const [wrong] = fieldErrorsOf(parsed.error);
  return fail({ code: "INVALID_PARAMETER", detail: `${wrong?.path.replace(/^params\./, "")}: ${wrong?.message}` });
}

const STEM_MAX = 180;

/** Named after what it was made of; every result is an MP4. */
function nameOf(source: string, suffix: string): string {
  return `${source.replace(/\.[^.]{1,5}$/, "").slice(0, STEM_MAX)}-${suffix}.mp4`;
}
