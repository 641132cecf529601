import { z } from "zod";
import type { Tx } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import { canAdvance, isTerminal, SUBTASK_STATES, type SubtaskCounts, TASK_STATES } from "../domain/task.ts";
import { notifyLive } from "../events/live.ts";
import { type NewEvent, recordEvents } from "../events/record-event.ts";
import type { LockedTask } from "./lock-task.ts";

type TaskIdentity = Pick<LockedTask, "id" | "applicationId" | "mediaId">;

export type SubtaskMove = { id: string } & (
  | { to: "processing" | "succeeded" | "cancelled" }
  | { to: "failed"; failure: Failure }
  /** Waiting again, for another run. */
  | { to: "waiting"; runId: string }
);

const movedRows = z.array(
  z.object({ id: z.string(), number: z.int(), kind: z.string(), runId: z.string().nullable() }),
);

const taskNow = z.object({
  state: z.enum(TASK_STATES),
  waiting: z.int(),
  processing: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  cancelled: z.int(),
});

/**
 * The only writer of `subtask.state`. States, events and the notification commit together or not at all. The caller has
 * locked the task, which makes the last subtask to end the one that ends the task: exactly one event says so.
 * A move the table of states does not allow is a bug of the caller, and undoes its transaction.
 */
export async function advanceSubtasks(tx: Tx, task: TaskIdentity, moves: readonly SubtaskMove[]): Promise<void> {
  if (moves.length === 0) return;
  const moved = await move(tx, task, moves);
  const { state, ...counts } = await readTask(tx, task.id);
  const about = { applicationId: task.applicationId, taskId: task.id, mediaId: task.mediaId };
  const events = moves.map((one) => {
    const row = moved.get(one.id);
    if (row === undefined) throw new Error(`Subtask ${one.id} cannot become ${one.to}`);
    const { number, kind, runId } = row;
    const data = { number, kind, runId, ...(one.to === "failed" ? { error: { ...one.failure } } : {}) };
    return { ...about, type: `subtask.${one.to}` as const, subtaskId: one.id, data };
  });
  const ends = moves.some((one) => isTerminal(one.to)) && counts.waiting + counts.processing === 0;
  await recordEvents(tx, ends ? [...events, taskFinished(task, state, counts)] : events);
  await notifyLive(tx, { type: "task", ...about, state });
}

/** A restarted task may finish again, and says so again. */
export async function recordTaskFinished(
  tx: Tx,
  task: TaskIdentity,
  state: z.output<typeof taskNow>["state"],
  counts: SubtaskCounts,
): Promise<void> {
  await recordEvents(tx, [taskFinished(task, state, counts)]);
}

function taskFinished(task: TaskIdentity, state: z.output<typeof taskNow>["state"], counts: SubtaskCounts): NewEvent {
  const { id: taskId, applicationId, mediaId } = task;
  return { applicationId, type: "task.finished", taskId, mediaId, data: { state, counts: { ...counts } } };
}

async function move(tx: Tx, task: TaskIdentity, moves: readonly SubtaskMove[]) {
  const rows = moves.map((one) => ({
    id: one.id,
    to: one.to,
    from: SUBTASK_STATES.filter((state) => canAdvance(state, one.to)),
    terminal: isTerminal(one.to),
    runId: one.to === "waiting" ? one.runId : null,
    errorCode: one.to === "failed" ? one.failure.code : null,
    errorDetail: one.to === "failed" ? one.failure.detail : null,
  }));
  const moved = movedRows.parse(
    await tx.$queryRaw`
      UPDATE "Subtask" s SET
        "state" = m."to",
        "runId" = coalesce(m."runId", s."runId"),
        "errorCode" = m."errorCode",
        "errorDetail" = m."errorDetail",
        "startedAt" = CASE m."to" WHEN 'processing' THEN clock_timestamp() WHEN 'waiting' THEN NULL ELSE s."startedAt" END,
        "endedAt" = CASE WHEN m."terminal" THEN clock_timestamp() END,
        "progressPercent" = CASE WHEN m."to" = 'succeeded' THEN 100 WHEN m."terminal" THEN s."progressPercent" ELSE 0 END
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m(
        "id" text, "to" "SubtaskState", "from" "SubtaskState"[], "terminal" bool,
        "runId" text, "errorCode" text, "errorDetail" text)
      WHERE s."id" = m."id" AND s."taskId" = ${task.id} AND s."state" = ANY (m."from")
      RETURNING s."id", s."number", s."kind", s."runId"`,
  );
  return new Map(moved.map((row) => [row.id, row]));
}

/** The counts are kept by a trigger, and the state derived from them, so they are right as soon as the subtasks are. */
async function readTask(tx: Tx, taskId: string): Promise<z.output<typeof taskNow>> {
  const [row] = await tx.$queryRaw<unknown[]>`
    SELECT "state", "waitingCount" AS "waiting", "processingCount" AS "processing", "succeededCount" AS "succeeded",
      "failedCount" AS "failed", "cancelledCount" AS "cancelled"
    FROM "Task" WHERE "id" = ${taskId}`;
  return taskNow.parse(row);
}
