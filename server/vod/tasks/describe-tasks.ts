import { z } from "zod";
import { ok } from "../../domain/result.ts";
import { type ScrolledTask, scrollTasks } from "../../tasks/scroll-tasks.ts";
import { action } from "../action.ts";
import { isoTime, timeRange } from "../time.ts";
import { scrollToken, scrollTokenOf } from "./scroll-token.ts";
import { FILTERED_STATUSES, STATUS_FILTERS, STATUS_OF } from "./states.ts";
import { taskTypeOf, wireTaskId } from "./task-id.ts";

const sort = z.object({
  Field: z.enum(["CreateTime", "FinishTime"]).default("CreateTime"),
  Order: z
    .string()
    .transform((order) => order.toLowerCase())
    .pipe(z.enum(["asc", "desc"]))
    .default("desc"),
});

export const describeTasks = action({
  name: "DescribeTasks",
  request: z.object({
    Status: z.enum(FILTERED_STATUSES).optional(),
    FileId: z.string().max(64).optional(),
    CreateTime: timeRange.optional(),
    FinishTime: timeRange.optional(),
    Sort: sort.prefault({}),
    Limit: z.int().min(1).max(100).default(10),
    ScrollToken: scrollToken.default(null),
  }),
  handle: async ({ db, applicationId }, { Status, FileId, CreateTime, FinishTime, Sort, Limit, ScrollToken }) => {
    const { tasks, next } = await scrollTasks(db, applicationId, {
      by: Sort.Field === "CreateTime" ? "createdAt" : "endedAt",
      order: Sort.Order,
      limit: Limit,
      from: ScrollToken,
      filter: {
        ...(Status && { states: STATUS_FILTERS[Status] }),
        ...(FileId && { mediaId: FileId }),
        ...(CreateTime?.After && { createdAfter: CreateTime.After }),
        ...(CreateTime?.Before && { createdBefore: CreateTime.Before }),
      },
      endedAfter: FinishTime?.After,
      endedBefore: FinishTime?.Before,
    });
    return ok({ TaskSet: tasks.map((task) => simpleInfoOf(applicationId, task)), ScrollToken: scrollTokenOf(next) });
  },
});

function simpleInfoOf(applicationId: number, task: ScrolledTask) {
  const type = taskTypeOf(task.kinds);
  return {
    TaskId: wireTaskId(applicationId, type, task.id),
    Status: STATUS_OF[task.state],
    FileId: task.mediaId,
    TaskType: type,
    CreateTime: isoTime(task.createdAt),
    BeginProcessTime: isoTime(task.startedAt),
    FinishTime: isoTime(task.endedAt),
    SessionId: task.sessionId ?? "",
    SessionContext: task.sessionContext,
  };
}
