/**
 * Task ids as clients know them: `1-Procedure-3078…t0`, where the 32 digits spell our own id. Ours are understood, too: they
 * stand in the console.
 */

/** What a task is to clients: which member of a detail describes it. */
export const TASK_TYPES = ["Procedure", "EditMedia", "SplitMedia", "ComposeMedia"] as const;
export type TaskType = (typeof TASK_TYPES)[number];

const OURS = /^[0-9a-hjkmnp-tv-z]{16}$/;
const THEIRS = /^(\d{1,10})-[A-Za-z]{1,32}-([0-9a-f]{32})t0$/;

export function wireTaskId(
  applicationId: number,
  type: TaskType | "WorkflowTask" | "PullUpload",
  taskId: string,
): string {
  return `${applicationId}-${type}-${Buffer.from(taskId, "latin1").toString("hex")}t0`;
}

/** Null for what is no task's id, or another application's. */
export function ourTaskId(applicationId: number, wireId: string): string | null {
  if (OURS.test(wireId)) return wireId;
  const [, application, digits] = THEIRS.exec(wireId) ?? [];
  const id = Buffer.from(digits ?? "", "hex").toString("latin1");
  return application === String(applicationId) && OURS.test(id) ? id : null;
}

/** By the kinds of its subtasks, as they are stored. */
export function taskTypeOf(kinds: readonly string[]): TaskType {
  if (kinds.includes("edit")) return "EditMedia";
  if (kinds.includes("compose")) return "ComposeMedia";
  return kinds.includes("split") ? "SplitMedia" : "Procedure";
}
