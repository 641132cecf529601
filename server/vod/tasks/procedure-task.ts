/**
 * `ProcedureTask`: a task that works on a media. Inspections and health checks are left out of its results, as the
 * contract has no word for them; whether the task is over depends on them as well.
 */

import { makesMedia } from "../../domain/operations/operation.ts";
import { metaDataOf } from "../meta-data.ts";
import { inputOfNothing, inputOfOperation, type ResultType, resultTypeOf } from "../render-media-process-task.ts";
import { itemOf } from "../render-outputs.ts";
import { fileUrl, type Site } from "../site.ts";
import { NOTIFY_MODE_NAMES } from "./notify-modes.ts";
import { childOf, isOver } from "./outcome.ts";
import type { SubtaskRecord, TaskRecord } from "./read-task.ts";
import { wireTaskId } from "./task-id.ts";

const MEMBERS: Record<ResultType, string> = {
  Transcode: "TranscodeTask",
  AnimatedGraphics: "AnimatedGraphicTask",
  SnapshotByTimeOffset: "SnapshotByTimeOffsetTask",
  SampleSnapshot: "SampleSnapshotTask",
  ImageSprites: "ImageSpriteTask",
  CoverBySnapshot: "CoverBySnapshotTask",
  AdaptiveDynamicStreaming: "AdaptiveDynamicStreamingTask",
};

export function procedureTaskOf(task: TaskRecord, site: Site) {
  const { id, applicationId, media } = task;
  return {
    TaskId: wireTaskId(applicationId, "Procedure", id),
    Status: isOver(task) ? "FINISH" : "PROCESSING",
    ErrCode: 0,
    Message: "",
    FileId: media.id,
    FileName: media.name,
    FileUrl: media.deletedAt === null ? fileUrl(site, media.storageKey) : "",
    MetaData: media.errorCode === null ? metaDataOf(media.info) : null,
    MediaProcessResultSet: task.subtasks.flatMap((subtask) => resultOf(task, subtask, site) ?? []),
    AiContentReviewResultSet: [],
    AiAnalysisResultSet: [],
    AiRecognitionResultSet: [],
    TasksPriority: task.priority,
    TasksNotifyMode: NOTIFY_MODE_NAMES[task.notifyMode],
    SessionContext: task.sessionContext,
    SessionId: task.sessionId ?? "",
    Operator: "",
    OperationType: "",
  };
}

function resultOf(task: TaskRecord, subtask: SubtaskRecord, site: Site) {
  const { kind, operation, outputs, state } = subtask;
  const type = makesMedia(kind) ? null : resultTypeOf(kind);
  if (type === null || makesMedia(kind)) return null;
  const definition = subtask.templateDefinition ?? 0;
  const made =
    operation === null || state !== "succeeded"
      ? null
      : itemOf({ operation, definition, outputs, source: task.media.info, urlOf: (key) => fileUrl(site, key) });
  const nulls = Object.fromEntries(Object.values(MEMBERS).map((member) => [member, null]));
  const { Progress, BeginProcessTime, FinishTime, ...outcome } = childOf(subtask);
  return {
    Type: type,
    ...nulls,
    [MEMBERS[type]]: {
      ...outcome,
      Input: operation === null ? inputOfNothing(kind, definition) : inputOfOperation(operation, definition),
      Output: made,
      Progress,
      BeginProcessTime,
      FinishTime,
    },
  };
}
