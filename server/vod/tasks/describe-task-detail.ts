import { z } from "zod";
import { ok } from "../../domain/result.ts";
import { action } from "../action.ts";
import { refuse } from "../refusal.ts";
import { renderedTask } from "../render-task.ts";
import { statusOf, timesOf } from "./outcome.ts";
import { readTask } from "./read-task.ts";
import { ourTaskId, type TaskType } from "./task-id.ts";

const MEMBERS = {
  Procedure: "ProcedureTask",
  EditMedia: "EditMediaTask",
  SplitMedia: "SplitMediaTask",
} as const satisfies Record<TaskType, string>;

/** Members for tasks of types that do not exist here; clients of some languages look at them without asking. */
const NEVER_FILLED = [
  "ComposeMediaTask",
  "PullUploadTask",
  "WechatPublishTask",
  "WechatMiniProgramPublishTask",
  "TranscodeTask",
  "ConcatTask",
  "ClipTask",
  "CreateImageSpriteTask",
  "SnapshotByTimeOffsetTask",
  "RemoveWatermarkTask",
  "RebuildMediaTask",
  "ExtractTraceWatermarkTask",
  "ExtractCopyRightWatermarkTask",
  "ReviewAudioVideoTask",
  "ReduceMediaBitrateTask",
  "DescribeFileAttributesTask",
  "QualityInspectTask",
  "QualityEnhanceTask",
  "ComplexAdaptiveDynamicStreamingTask",
  "ProcessMediaByMPSTask",
] as const;

const NULLS = Object.fromEntries([...Object.values(MEMBERS), ...NEVER_FILLED].map((member) => [member, null]));

export const describeTaskDetail = action({
  name: "DescribeTaskDetail",
  request: z.object({ TaskId: z.string().min(1).max(200) }),
  handle: async ({ db, env, links, applicationId }, { TaskId }) => {
    const taskId = ourTaskId(applicationId, TaskId);
    if (taskId === null) return refuse("InvalidParameterValue.TaskId", "`TaskId` is not the id of a task.");
    const task = await readTask(db, { applicationId, taskId });
    if (task === null) return refuse("ResourceNotFound", "The task does not exist.");
    const { type, structure } = renderedTask(task, { env, links });
    return ok({
      TaskType: type,
      Status: statusOf(task),
      ...timesOf(task),
      ...NULLS,
      [MEMBERS[type]]: structure,
    });
  },
});
