import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { CHANNELS } from "../domain/live.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { notifyLive } from "../events/live.ts";
import { admitRuns } from "./admit-runs.ts";
import { advanceSubtasks } from "./advance-subtask.ts";
import { type LockedTask, lockTask } from "./lock-task.ts";

/** What waits is cancelled at once; of what runs, the workers are told, and cancel it themselves. Asking twice is fine. */
export async function cancelTask(db: Db, applicationId: number, taskId: string): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const task = await lockTask(tx, applicationId, taskId);
    if (task === null) return fail({ code: "TASK_NOT_FOUND", detail: taskId });
    const waiting = await cancelWaiting(tx, task);
    const running = await requestCancel(tx, task);
    if (waiting + running === 0) return fail({ code: "NOTHING_TO_CANCEL", detail: taskId });
    if (waiting > 0) await admitRuns(tx, task.pipelineId);
    return ok(undefined);
  });
}

/** The same, but only of a task of which nothing has begun. */
export async function abortTask(db: Db, applicationId: number, taskId: string): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const task = await lockTask(tx, applicationId, taskId);
    if (task === null) return fail({ code: "TASK_NOT_FOUND", detail: taskId });
    // Whoever claims a run locks its task, so this stays true.
    const begun = await tx.subtask.count({ where: { taskId, state: { not: "waiting" } } });
    if (begun > 0 || (await cancelWaiting(tx, task)) === 0) return fail({ code: "NOTHING_TO_CANCEL", detail: taskId });
    await admitRuns(tx, task.pipelineId);
    return ok(undefined);
  });
}

async function cancelWaiting(tx: Tx, task: LockedTask): Promise<number> {
  await tx.$executeRaw`
    UPDATE "Run" SET "state" = 'cancelled', "endedAt" = clock_timestamp()
    WHERE "taskId" = ${task.id} AND "state" IN ('queued', 'admitted')`;
  const waiting = await tx.subtask.findMany({ where: { taskId: task.id, state: "waiting" }, select: { id: true } });
  await advanceSubtasks(
    tx,
    task,
    waiting.map(({ id }) => ({ id, to: "cancelled" })),
  );
  return waiting.length;
}

/** A worker that misses the notification learns of it when it renews its lease; one that is dead, from nobody: see sweep-runs.ts. */
async function requestCancel(tx: Tx, task: LockedTask): Promise<number> {
  const running = await tx.$executeRaw`
    WITH running AS (
      UPDATE "Run" SET "cancelRequestedAt" = coalesce("cancelRequestedAt", clock_timestamp())
      WHERE "taskId" = ${task.id} AND "state" = 'running'
      RETURNING "id"
    )
    SELECT pg_notify(${CHANNELS.cancel}, json_build_object('runId', "id")::text) FROM running`;
  if (running > 0) {
    const { id: taskId, applicationId, mediaId } = task;
    await notifyLive(tx, { type: "task", applicationId, taskId, mediaId, state: "processing" });
  }
  return running;
}
