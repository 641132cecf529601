import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { admitRuns, findPipeline } from "./admit-runs.ts";
import { draftFor, groupWork, readWork } from "./create-task.ts";
import { type DraftedWork, dependsOnMedia, type ResolvedWork } from "./draft-subtasks.ts";
import { insertTask } from "./insert-task.ts";
import type { TaskRequest } from "./new-task.ts";
import { withOutputDir } from "./output-dir.ts";

/**
 * One task for each media, all with the same work: all of them, or none when one cannot be. What they share is looked up
 * once, and nobody else's admission waits for more than the last step.
 */
export async function createTasks(
  db: Db,
  request: TaskRequest & { sessionId?: undefined },
  mediaIds: readonly string[],
): Promise<Result<{ taskIds: string[] }, Failure>> {
  const work = await readWork(db, request);
  if (!work.ok) return work;
  return inTransaction(db, async (tx) => {
    const pipelineId = await findPipeline(tx, request);
    if (pipelineId === null) return fail({ code: "PIPELINE_NOT_FOUND", detail: `${request.pipelineId ?? "default"}` });
    const distinct = [...new Set(mediaIds)];
    const held = await holdMedia(tx, request.applicationId, distinct);
    const missing = distinct.find((id) => !held.has(id));
    // Before anything is written, so there is nothing to undo.
    if (missing !== undefined) return fail({ code: "MEDIA_NOT_FOUND", detail: missing });
    // Before anything is written, too.
    const drafts = await draftEach(tx, request.applicationId, work.value, distinct);
    if (!drafts.ok) return drafts;
    const taskIds: string[] = [];
    for (const { mediaId, drafted } of drafts.value) {
      const task = await withOutputDir(tx, { ...request, mediaId });
      const inserted = await insertTask(tx, task, await groupWork(tx, task, drafted), "admits");
      if (!inserted.ok) throw new Error(`Media ${mediaId} is held, and yet it is gone`);
      taskIds.push(inserted.value.taskId);
    }
    await admitRuns(tx, pipelineId);
    return ok({ taskIds });
  });
}

/** Once for all of them where they do not differ. */
async function draftEach(
  tx: Tx,
  applicationId: number,
  work: ResolvedWork,
  mediaIds: readonly string[],
): Promise<Result<{ mediaId: string; drafted: DraftedWork }[], Failure>> {
  const drafts: { mediaId: string; drafted: DraftedWork }[] = [];
  for (const mediaId of mediaIds) {
    const [first] = drafts;
    const drafted =
      first === undefined || dependsOnMedia(work)
        ? await draftFor(tx, { applicationId, mediaId }, work)
        : ok(first.drafted);
    if (!drafted.ok) return drafted;
    drafts.push({ mediaId, drafted: drafted.value });
  }
  return ok(drafts);
}

/** Those that exist; until the transaction ends nobody deletes them. */
async function holdMedia(tx: Tx, applicationId: number, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Media" WHERE "id" = ANY (${[...ids]}) AND "applicationId" = ${applicationId} AND "deletedAt" IS NULL
    ORDER BY "id" FOR KEY SHARE`;
  return new Set(held.map(({ id }) => id));
}
