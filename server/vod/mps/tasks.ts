import { z } from "zod";
import { operationKind } from "../../db/rows.ts";
import { ok } from "../../domain/result.ts";
import { listTasks, type TaskFilter } from "../../tasks/list-tasks.ts";
import { readScrolledTasks } from "../../tasks/scroll-tasks.ts";
import { action } from "../action.ts";
import { refuse } from "../refusal.ts";
import { editMediaTaskOf } from "../tasks/edit-task.ts";
import { statusOf, timesOf } from "../tasks/outcome.ts";
import { readTask } from "../tasks/read-task.ts";
import { scrollToken, scrollTokenOf } from "../tasks/scroll-token.ts";
import { FILTERED_STATUSES, STATUS_FILTERS } from "../tasks/states.ts";
import { ourTaskId, taskTypeOf, wireTaskId } from "../tasks/task-id.ts";
import { isoMoment, isoTime } from "../time.ts";
import { subTaskTypesOf, workflowTaskOf } from "./workflow-task.ts";

/** What has not come yet, in this API. */
const NOT_YET = "0000-00-00T00:00:00Z";

export const describeMpsTasks = action({
  name: "DescribeTasks",
  product: "mps",
  request: z.object({
    Status: z.enum(FILTERED_STATUSES),
    SubTaskHasFailed: z.boolean().optional(),
    Limit: z.int().min(1).max(100).default(10),
    ScrollToken: scrollToken.default(null),
    StartTime: isoMoment.optional(),
    EndTime: isoMoment.optional(),
  }),
  handle: async ({ db, applicationId }, { Status, SubTaskHasFailed, Limit, ScrollToken, StartTime, EndTime }) => {
    const filter: TaskFilter = {
      states: STATUS_FILTERS[Status],
      ...(SubTaskHasFailed && { failedSubtask: true }),
      ...(StartTime && { createdAfter: StartTime }),
      ...(EndTime && { createdBefore: EndTime }),
    };
    const after = ScrollToken && { createdAt: ScrollToken.at, id: ScrollToken.id };
    const { rows, hasMore, total } = await listTasks(db, applicationId, filter, { after, limit: Limit });
    const tasks = await readScrolledTasks(
      db,
      rows.map(({ id }) => id),
    );
    const last = rows.at(-1);
    return ok({
      TaskSet: tasks.map(({ id, kinds, createdAt, startedAt, endedAt }) => {
        const type = taskTypeOf(kinds);
        return {
          TaskId: wireTaskId(applicationId, type === "Procedure" ? "WorkflowTask" : type, id),
          TaskType: type === "Procedure" ? "WorkflowTask" : "EditMediaTask",
          CreateTime: isoTime(createdAt),
          BeginProcessTime: isoTime(startedAt) || NOT_YET,
          FinishTime: isoTime(endedAt) || NOT_YET,
          SubTaskTypes: subTaskTypesOf(kinds.map((kind) => operationKind.parse(kind))),
        };
      }),
      ScrollToken: scrollTokenOf(hasMore && last ? { at: last.createdAt, id: last.id } : null),
      TotalCount: total.count,
    });
  },
});

export const describeMpsTaskDetail = action({
  name: "DescribeTaskDetail",
  product: "mps",
  request: z.object({ TaskId: z.string().min(1).max(200) }),
  handle: async ({ db, env, links, applicationId }, { TaskId }) => {
    const taskId = ourTaskId(applicationId, TaskId);
    if (taskId === null) return refuse("InvalidParameterValue.TaskId", "`TaskId` is not the id of a task.");
    const task = await readTask(db, { applicationId, taskId });
    if (task === null) return refuse("ResourceNotFound", "The task does not exist.");
    const site = { env, links };
    const type = taskTypeOf(task.kinds);
    const { CreateTime, BeginProcessTime, FinishTime } = timesOf(task);
    return ok({
      TaskType: type === "Procedure" ? "WorkflowTask" : "EditMediaTask",
      Status: statusOf(task),
      CreateTime,
      BeginProcessTime: BeginProcessTime || NOT_YET,
      FinishTime: FinishTime || NOT_YET,
      EditMediaTask: type === "EditMedia" ? editMediaTaskOf(task, site) : null,
      WorkflowTask: type === "Procedure" ? workflowTaskOf(task, site) : null,
      LiveStreamProcessTask: null,
      ExtractBlindWatermarkTask: null,
      TaskNotifyConfig: null,
      TasksPriority: task.priority,
      SessionId: task.sessionId ?? "",
      SessionContext: task.sessionContext,
      ExtInfo: "",
      ScheduleTask: null,
      LiveScheduleTask: null,
    });
  },
});
