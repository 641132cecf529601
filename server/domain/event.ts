/** Facts worth telling. Each is written in the transaction that made it true. */
export const EVENT_TYPES = [
  "media.created",
  "media.deleted",
  "subtask.processing",
  "subtask.waiting",
  "subtask.succeeded",
  "subtask.failed",
  "subtask.cancelled",
  "task.finished",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
