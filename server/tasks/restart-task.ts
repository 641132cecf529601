import type { Db, Tx } from "../db/client.ts";
import { failureOf, storedOperation } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import type { Operation } from "../domain/operations/operation.ts";
import { referencesOf } from "../domain/references.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { isTerminal } from "../domain/task.ts";
import { admitRuns } from "./admit-runs.ts";
import { advanceSubtasks } from "./advance-subtask.ts";
import { groupSubtasks } from "./group-subtasks.ts";
import { type LockedTask, lockTask } from "./lock-task.ts";
import { queueRuns } from "./queue-runs.ts";

export type RestartScope =
  | { all: true; failed?: undefined; subtaskIds?: undefined }
  | { failed: true; all?: undefined; subtaskIds?: undefined }
  | { subtaskIds: readonly string[]; all?: undefined; failed?: undefined };

/**
 * `failed` are those that did not succeed: a task that was cancelled goes on where it stopped.
 * Gives the chosen subtasks that have ended new runs, which they share as they would in a new task. What was not chosen keeps its state, and the outputs of an
 * earlier success stay until the new run's take their place.
 */
export async function restartTask(
  db: Db,
  applicationId: number,
  taskId: string,
  scope: RestartScope,
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const task = await lockTask(tx, applicationId, taskId);
    if (task === null) return fail({ code: "TASK_NOT_FOUND", detail: taskId });
    const chosen = await chooseSubtasks(tx, task, scope);
    if (!chosen.ok) return chosen;
    const gone = await findGone(tx, task, chosen.value);
    if (gone !== undefined) return fail({ code: "SOURCE_GONE", detail: gone });
    const unreadable = failureOf(await tx.media.findUniqueOrThrow({ where: { id: task.mediaId } }));
    if (unreadable !== null) return fail(unreadable);
    const groups = await groupSubtasks(tx, task, chosen.value);
    const runs = groups.map((group) => ({ attempt: 1, subtaskIds: group.map(({ id }) => id) }));
    const queued = await queueRuns(tx, task, runs);
    await advanceSubtasks(
      tx,
      task,
      queued.map(({ id, runId }) => ({ id, to: "waiting", runId })),
    );
    await admitRuns(tx, task.pipelineId);
    return ok(undefined);
  });
}

interface Chosen {
  id: string;
  operation: Operation | null;
}

/** A media that the chosen subtasks need and that was deleted. Those there are stay until this transaction ends. */
async function findGone(tx: Tx, task: LockedTask, chosen: readonly Chosen[]): Promise<string | undefined> {
  const referred = referencesOf(chosen.map(({ operation }) => operation));
  const needed = [task.mediaId, ...referred.flatMap(({ of, id }) => (of === "media" ? id : []))];
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Media"
    WHERE "id" = ANY (${needed}) AND "applicationId" = ${task.applicationId} AND "deletedAt" IS NULL
    ORDER BY "id" FOR KEY SHARE`;
  return needed.find((id) => !held.some((media) => media.id === id));
}

async function chooseSubtasks(tx: Tx, task: LockedTask, scope: RestartScope): Promise<Result<Chosen[], Failure>> {
  const subtasks = await tx.subtask.findMany({
    where: { taskId: task.id },
    select: { id: true, state: true, operation: true },
    orderBy: { number: "asc" },
  });
  const unknown = scope.subtaskIds?.find((id) => !subtasks.some((subtask) => subtask.id === id));
  if (unknown !== undefined) return fail({ code: "SUBTASK_NOT_FOUND", detail: unknown });
  const chosen = subtasks.filter(
    ({ id, state, operation }) =>
      isTerminal(state) &&
      // Without parameters, as its template did not exist, there is nothing that another run could do.
      operation !== null &&
      (scope.all || (scope.failed && state !== "succeeded") || scope.subtaskIds?.includes(id)),
  );
  if (chosen.length === 0) return fail({ code: "NOTHING_TO_RESTART", detail: task.id });
  return ok(chosen.map(({ id, operation }) => ({ id, operation: storedOperation.safeParse(operation).data ?? null })));
}
