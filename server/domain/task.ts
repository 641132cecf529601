/** States of a subtask, and which may follow which. `advanceSubtask` is the only code that moves them. */
export const SUBTASK_STATES = ["waiting", "processing", "succeeded", "failed", "cancelled"] as const;
export type SubtaskState = (typeof SUBTASK_STATES)[number];

const NEXT: Record<SubtaskState, readonly SubtaskState[]> = {
  // failed without processing: the template it names does not exist, or its worker could not be had.
  waiting: ["processing", "failed", "cancelled"],
  // waiting again: another attempt.
  processing: ["succeeded", "failed", "cancelled", "waiting"],
  // waiting again: restarted by a user.
  succeeded: ["waiting"],
  failed: ["waiting"],
  cancelled: ["waiting"],
};

export function canAdvance(from: SubtaskState, to: SubtaskState): boolean {
  return NEXT[from].includes(to);
}

export function isTerminal(state: SubtaskState): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}

export const TASK_STATES = SUBTASK_STATES;
export type TaskState = SubtaskState;

/** Tasks of a state are counted so far, and are more where they are one more. */
export const STATE_COUNT_MAX = 999;

/** How many subtasks of a task are in each state. */
export type SubtaskCounts = Readonly<Record<SubtaskState, number>>;

/**
 * A task's state is derived. The database derives it by the same rule in a generated column (see the first migration).
 * Ended tasks: one failed subtask makes the task failed; otherwise one cancelled makes it cancelled.
 */
export function taskStateOf(counts: SubtaskCounts): TaskState {
  if (counts.waiting + counts.processing === 0) {
    if (counts.failed > 0) return "failed";
    return counts.cancelled > 0 ? "cancelled" : "succeeded";
  }
  return counts.processing + counts.succeeded + counts.failed + counts.cancelled > 0 ? "processing" : "waiting";
}

export const RUN_STATES = ["queued", "admitted", "running", "succeeded", "failed", "lost", "cancelled"] as const;
export type RunState = (typeof RUN_STATES)[number];

export const STARTED_BY = ["console", "api", "upload", "pull", "record", "edit"] as const;
export type StartedBy = (typeof STARTED_BY)[number];

export const NOTIFY_MODES = ["finish", "change", "none"] as const;
export type NotifyMode = (typeof NOTIFY_MODES)[number];

/** A run is tried this many times before its subtasks fail. */
export const ATTEMPTS_MAX = 3;

/** Larger is earlier. */
export const PRIORITY_MIN = -10;
export const PRIORITY_MAX = 10;
