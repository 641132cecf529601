import { z } from "zod";
import { ok } from "../../domain/result.ts";
import { cancelPlanned } from "../../media/planned-tasks.ts";
import { abortTask } from "../../tasks/cancel-task.ts";
import { action, type Product } from "../action.ts";
import { refuse } from "../refusal.ts";
import { ourTaskId } from "./task-id.ts";

function manageTaskOf(product: Product) {
  return action({
    name: "ManageTask",
    product,
    request: z.object({ TaskId: z.string().min(1).max(200), OperationType: z.string().max(64) }),
    codes: { TASK_NOT_FOUND: "InvalidParameterValue.TaskId" },
    handle: async ({ db, applicationId }, { TaskId, OperationType }) => {
      if (OperationType !== "Abort") {
        return refuse("InvalidParameterValue.InvalidOperationType", "The only `OperationType` is `Abort`.");
      }
      const taskId = ourTaskId(applicationId, TaskId);
      if (taskId === null) return refuse("InvalidParameterValue.TaskId", "`TaskId` is not the id of a task.");
      const aborted = await abortTask(db, applicationId, taskId);
      if (aborted.ok || aborted.failure.code !== "TASK_NOT_FOUND") return aborted.ok ? ok({}) : aborted;
      // One whose file is still being checked has not begun either.
      const cancelled = await cancelPlanned(db, applicationId, taskId);
      return cancelled.ok ? ok({}) : cancelled;
    },
  });
}

export const manageTask = manageTaskOf("vod");
export const manageTaskOfMps = manageTaskOf("mps");
