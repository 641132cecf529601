import { z } from "zod";
import { ok, type Result } from "../../domain/result.ts";
import { findPlannedTask } from "../../media/planned-tasks.ts";
import { type Answer, action } from "../action.ts";
import type { VodContext } from "../context.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { renderedTask } from "../render-task.ts";
import { statusOf, timesOf } from "./outcome.ts";
import { plannedDetailOf } from "./planned-task.ts";
import { findPull, pullTimesOf, pullUploadTaskOf } from "./pull-task.ts";
import { readTask } from "./read-task.ts";
import { ourTaskId, type TaskType } from "./task-id.ts";

const MEMBERS = {
  Procedure: "ProcedureTask",
  EditMedia: "EditMediaTask",
  SplitMedia: "SplitMediaTask",
  ComposeMedia: "ComposeMediaTask",
  PullUpload: "PullUploadTask",
} as const satisfies Record<TaskType | "PullUpload", string>;

/** Members for tasks of types that do not exist here; clients of some languages look at them without asking. */
const NEVER_FILLED = [
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
  handle: async (ctx, { TaskId }) => {
    const { db, env, links, applicationId } = ctx;
    const taskId = ourTaskId(applicationId, TaskId);
    if (taskId === null) return refuse("InvalidParameterValue.TaskId", "`TaskId` is not the id of a task.");
    const task = await readTask(db, { applicationId, taskId });
    if (task === null) return detailOfOthers(ctx, taskId);
    const { type, structure } = renderedTask(task, { env, links });
    return ok({ TaskType: type, Status: statusOf(task), ...timesOf(task), ...NULLS, [MEMBERS[type]]: structure });
  },
});

/** Ids are told before there is a task, while its file is being checked; and pulls are none of ours at all. */
async function detailOfOthers(
  { db, env, links, applicationId }: VodContext,
  id: string,
): Promise<Result<Answer, Refusal>> {
  const planned = await findPlannedTask(db, applicationId, id);
  if (planned !== null) {
    const { structure, ...detail } = plannedDetailOf(planned);
    return ok({ TaskType: "Procedure", ...detail, ...NULLS, ProcedureTask: structure });
  }
  const pull = await findPull(db, applicationId, id);
  if (pull === null) return refuse("ResourceNotFound", "The task does not exist.");
  const PullUploadTask = await pullUploadTaskOf(db, { env, links }, pull);
  return ok({ TaskType: "PullUpload", ...pullTimesOf(pull), ...NULLS, PullUploadTask });
}
