import type { NotifyMode } from "../../domain/task.ts";

export const NOTIFY_MODE_NAMES = {
  finish: "Finish",
  change: "Change",
  none: "None",
} as const satisfies Record<NotifyMode, string>;
