import type { TaskState } from "../../domain/task.ts";

/** `Status` of a task. That something in it failed is seen by its parts alone. */
export const STATUS_OF = {
  waiting: "WAITING",
  processing: "PROCESSING",
  succeeded: "FINISH",
  failed: "FINISH",
  cancelled: "ABORTED",
} as const satisfies Record<TaskState, string>;

/** Tasks can be asked for by these, and what was aborted by none. */
export const STATUS_FILTERS = {
  WAITING: ["waiting"],
  PROCESSING: ["processing"],
  FINISH: ["succeeded", "failed"],
} as const satisfies Record<string, readonly TaskState[]>;
export const FILTERED_STATUSES = ["WAITING", "PROCESSING", "FINISH"] as const satisfies (keyof typeof STATUS_FILTERS)[];
