/** What joining, splitting and composing have in common: media are looked up, and tasks made, by the same rules. */
import { z } from "zod";
import type { Failure } from "#domain/error.ts";
import { fieldErrorsOf } from "#domain/form.ts";
import { mediaInfo } from "#domain/media.ts";
import { type Operation, operation } from "#domain/operations/operation.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { failureOf } from "../db/rows.ts";
import { createTask } from "../tasks/create-task.ts";
import { checkProcedure } from "../tasks/draft-subtasks.ts";
import type { CreatedTask, TaskTerms } from "../tasks/new-task.ts";

/** A task that makes media, which may each have work waiting for them. */
export async function createMaking(
  db: Db,
  terms: TaskTerms,
  mediaId: string,
  operations: readonly Operation[],
): Promise<Result<CreatedTask, Failure>> {
  const named = operations.flatMap(({ params }) => ("result" in params ? (params.result.procedureName ?? []) : []));
  for (const name of new Set(named)) {
    const procedure = await checkProcedure(db, terms.applicationId, name);
    if (!procedure.ok) return procedure;
  }
  return createTask(db, { ...terms, mediaId, operations });
}

const known = z.object({ id: z.string(), name: z.string(), info: mediaInfo });
type Known = z.output<typeof known>;

/** In the order of `ids`, which may repeat. What belongs to another application is as if it did not exist. */
export async function findMedia(
  db: Db,
  applicationId: number,
  ids: readonly string[],
): Promise<Result<Known[], Failure>> {
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

export function readOperation(input: unknown): Result<Operation, Failure> {
  const parsed = operation.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const [wrong] = fieldErrorsOf(parsed.error);
  return fail({ code: "INVALID_PARAMETER", detail: `${wrong?.path.replace(/^params\./, "")}: ${wrong?.message}` });
}

const STEM_MAX = 180;

/** Named after what it was made of. */
export function nameOf(source: string, suffix: string, container: "mp4" | "mp3"): string {
  return `${source.replace(/\.[^.]{1,5}$/, "").slice(0, STEM_MAX)}-${suffix}.${container}`;
}
