import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { isStorageKey } from "../storage/key.ts";
import { admitRuns, findPipeline, joinQueue } from "./admit-runs.ts";
import { type DraftedWork, draftSubtasks } from "./draft-subtasks.ts";
import { groupSubtasks } from "./group-subtasks.ts";
import { type GroupedWork, insertTask } from "./insert-task.ts";
import type { CreatedTask, NewTask, TaskRequest } from "./new-task.ts";
import { refuseRepeated } from "./refuse-repeated.ts";

/**
 * Task, subtasks and runs exist together, or not at all, and what there is room for is admitted with them.
 * Templates and procedures are looked up before the transaction starts: what it was at that moment is what counts.
 */
export async function createTask(db: Db, task: NewTask): Promise<Result<CreatedTask, Failure>> {
  const work = await draftWork(db, task);
  if (!work.ok) return work;
  const grouped = await groupWork(db, task, work.value);
  const { created, admitLater } = await inTransaction(db, async (tx) => {
    const refused = await refuseRepeated(tx, task);
    if (refused !== null) return { created: refused, admitLater: null };
    const queue = await joinQueue(tx, task);
    if (queue === null) return { created: pipelineMissing(task), admitLater: null };
    const { pipelineId } = queue;
    const inserted = await insertTask(tx, pipelineId, task, grouped);
    if (!inserted.ok) return { created: inserted, admitLater: null };
    const created = ok({ taskId: inserted.value.taskId });
    if (queue.hasRoom) await admitRuns(tx, pipelineId);
    // The pipeline was full, and while we waited to join its queue it no longer was.
    return { created, admitLater: !queue.hasRoom && inserted.value.hasRoom ? pipelineId : null };
  });
  // Admitting takes the lock that was held shared alone: two who did that while holding it would wait for each other.
  if (admitLater !== null) await inTransaction(db, (tx) => admitRuns(tx, admitLater));
  return created;
}

/** The same as part of a transaction. Locks admission until that ends, so it comes late in it; and run it by `inTransaction`. */
export async function createTaskInTx(tx: Tx, task: NewTask): Promise<Result<CreatedTask, Failure>> {
  const work = await draftWork(tx, task);
  if (!work.ok) return work;
  const refused = await refuseRepeated(tx, task);
  if (refused !== null) return refused;
  const pipelineId = await findPipeline(tx, task);
  if (pipelineId === null) return pipelineMissing(task);
  const inserted = await insertTask(tx, pipelineId, task, await groupWork(tx, task, work.value));
  if (!inserted.ok) return inserted;
  await admitRuns(tx, pipelineId);
  return ok({ taskId: inserted.value.taskId });
}

export async function draftWork(tx: Tx, task: TaskRequest): Promise<Result<DraftedWork, Failure>> {
  if (task.outputDir !== undefined && !isStorageKey(task.outputDir)) {
    return fail({ code: "INVALID_PARAMETER", detail: `outputDir: ${task.outputDir}` });
  }
  return draftSubtasks(tx, task.applicationId, task);
}

/** What a media's own facts decide of its work: which subtasks of it share a run. */
export async function groupWork(
  tx: Tx,
  of: { applicationId: number; mediaId: string },
  work: DraftedWork,
): Promise<GroupedWork> {
  const runnable = work.subtasks.filter(({ failure }) => failure === null);
  return { ...work, groups: await groupSubtasks(tx, of, runnable) };
}

export function pipelineMissing(task: TaskRequest): Result<never, Failure> {
  return fail({ code: "PIPELINE_NOT_FOUND", detail: `${task.pipelineId ?? "default"}` });
}
