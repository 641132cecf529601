/** What every action that starts a task is told beside the work. */
import { z } from "zod";
import { NOTIFY_MODES, type NotifyMode, PRIORITY_MAX, PRIORITY_MIN } from "../../domain/task.ts";
import type { TaskTerms } from "../../tasks/new-task.ts";
import type { VodContext } from "../context.ts";
import { NOTIFY_MODE_NAMES } from "./notify-modes.ts";

export const sessionFields = {
  /** A second task of one session is refused. */
  SessionId: z.string().max(50).optional(),
  SessionContext: z.string().max(1000).optional(),
  TasksPriority: z.int().min(PRIORITY_MIN).max(PRIORITY_MAX).optional(),
  /** Reserved: anything is taken. */
  ExtInfo: z.string().optional(),
};

/** As the media processing API has it: a folder for the outputs, below the application's own. It may name what goes in. */
export const outputFields = {
  OutputDir: z
    .string()
    .max(200)
    .refine((dir) => dir === "" || /^\/.*\/$/u.test(dir), "A folder begins and ends with /")
    .optional(),
};

export const notifyFields = { TasksNotifyMode: z.enum(["Finish", "Change", "None", ""]).optional() };

type Said = z.output<z.ZodObject<typeof sessionFields>> & {
  TasksNotifyMode?: string | undefined;
  OutputDir?: string | undefined;
};

export function termsOf(
  { applicationId }: Pick<VodContext, "applicationId">,
  { SessionId, SessionContext, TasksPriority, TasksNotifyMode, OutputDir = "" }: Said,
): TaskTerms {
  const notifyMode = NOTIFY_MODES.find((mode: NotifyMode) => NOTIFY_MODE_NAMES[mode] === TasksNotifyMode);
  return {
    applicationId,
    startedBy: "api",
    ...(SessionId !== undefined && { sessionId: SessionId }),
    ...(SessionContext !== undefined && { sessionContext: SessionContext }),
    ...(TasksPriority !== undefined && { priority: TasksPriority }),
    ...(OutputDir.length > 1 && { outputDir: OutputDir.slice(1, -1) }),
    ...(notifyMode !== undefined && { notifyMode }),
  };
}
