/** What a progress message changes in rows that are already on the page. Pure: old row in, new row out. */
import type { LiveMessage } from "#domain/live.ts";
import { isTerminal } from "#domain/task.ts";
import type { SubtaskRow, TaskDetail, TaskRow } from "#server/api/rows.ts";

export type ProgressMessage = Extract<LiveMessage, { type: "progress" }>;

type Progressing = Pick<TaskRow["subtasks"][number], "id" | "state" | "progressPercent">;

/** A message may be overtaken by the end of what it tells of; what has ended stays ended. */
function advance<Row extends Progressing>(row: Row, progress: ProgressMessage): Row {
  const found = progress.subtasks.find(({ id }) => id === row.id);
  if (found === undefined || isTerminal(row.state)) return row;
  return { ...row, state: "processing", progressPercent: found.percent };
}

/** A task's percent is the mean of its subtasks', as on the server; what has ended counts in full. */
function meanPercent(subtasks: readonly Progressing[]): number {
  if (subtasks.length === 0) return 0;
  const sum = subtasks.reduce(
    (total, { state, progressPercent }) => total + (isTerminal(state) ? 100 : progressPercent),
    0,
  );
  return sum / subtasks.length;
}

export function patchTaskRow<Row extends TaskRow>(row: Row, progress: ProgressMessage): Row {
  if (row.id !== progress.taskId || isTerminal(row.state)) return row;
  const subtasks = row.subtasks.map((subtask) => advance(subtask, progress));
  return {
    ...row,
    state: "processing",
    subtasks,
    progressPercent: meanPercent(subtasks),
    remainingSeconds: progress.remainingSeconds,
  };
}

export function patchSubtaskRow<Row extends SubtaskRow>(row: Row, progress: ProgressMessage): Row {
  const advanced = advance(row, progress);
  if (advanced === row) return row;
  return {
    ...advanced,
    runId: progress.runId,
    speed: progress.speed,
    remainingSeconds: progress.remainingSeconds,
  };
}

export function patchTaskDetail(task: TaskDetail, progress: ProgressMessage): TaskDetail {
  const patched = patchTaskRow(task, progress);
  if (patched === task) return task;
  return { ...patched, subtaskRows: task.subtaskRows.map((row) => patchSubtaskRow(row, progress)) };
}
