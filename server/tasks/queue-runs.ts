import type { Tx } from "../db/client.ts";
import { newId } from "../domain/id.ts";
import type { LockedTask } from "./lock-task.ts";

export interface NewRun {
  attempt: number;
  subtaskIds: readonly string[];
  /** Age decides among runs of one priority. Another attempt is as old as the first, so it does not queue at the end. */
  createdAt?: Date;
}

/**
 * Inserts runs that wait to be admitted, and answers which run each subtask has now. The caller moves the subtasks to it,
 * and admits.
 */
export async function queueRuns(
  tx: Tx,
  task: LockedTask,
  runs: readonly NewRun[],
): Promise<{ id: string; runId: string }[]> {
  const { id: taskId, pipelineId, priority } = task;
  const ids = newRunIds(runs.length);
  const rows = runs.map((run, index) => ({ ...run, id: ids[index] ?? newId() }));
  await tx.run.createMany({
    data: rows.map(({ id, attempt, createdAt }) => ({ id, taskId, pipelineId, priority, attempt, createdAt })),
  });
  const held = rows.flatMap(({ id: runId, subtaskIds }) => subtaskIds.map((id) => ({ id, runId })));
  await tx.runSubtask.createMany({ data: held.map(({ id: subtaskId, runId }) => ({ runId, subtaskId })) });
  return held;
}

/** Runs of equal priority and age go by id, so these, given out in order, go in the order of the request. */
export function newRunIds(count: number): string[] {
  return Array.from({ length: count }, newId).sort();
}
