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
  // The pull of an upload from an address has ended, well or badly: the upload knows which. `data` is { uploadId }, and
  // `mediaId` and `taskId` are set where there are any.
  "pull.completed",
  // Somebody wants to see whether an endpoint answers. `data` is { endpointId }.
  "endpoint.tested",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
