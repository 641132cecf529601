/**
 * A task as the media processing API shows it: one type for all that is done to a media, paths below this server instead of
 * addresses, seconds instead of milliseconds, and no covers. What makes media is no task of that API's; it is shown without
 * results.
 */
import { makesMedia, type OperationKind } from "../../domain/operations/operation.ts";
import { metaDataOf } from "../meta-data.ts";
import { inputOfNothing, inputOfOperation, type ResultType, resultTypeOf } from "../render-media-process-task.ts";
import { itemOf } from "../render-outputs.ts";
import { fileUrl, type Site } from "../site.ts";
import { childOf, isOver } from "../tasks/outcome.ts";
import type { SubtaskRecord, TaskRecord } from "../tasks/read-task.ts";
import { wireTaskId } from "../tasks/task-id.ts";

type MpsType = Exclude<ResultType, "CoverBySnapshot">;

const TYPES: Record<MpsType, { member: string; subTaskType: string }> = {
  Transcode: { member: "TranscodeTask", subTaskType: "action-trans" },
  AnimatedGraphics: { member: "AnimatedGraphicTask", subTaskType: "action-animated" },
  SnapshotByTimeOffset: { member: "SnapshotByTimeOffsetTask", subTaskType: "action-snapshotByTimeOffset" },
  SampleSnapshot: { member: "SampleSnapshotTask", subTaskType: "action-samplesnapshot" },
  ImageSprites: { member: "ImageSpriteTask", subTaskType: "action-image" },
  AdaptiveDynamicStreaming: { member: "AdaptiveDynamicStreamingTask", subTaskType: "action-adaptive" },
};
const NULLS = Object.fromEntries(Object.values(TYPES).map(({ member }) => [member, null]));

function mpsTypeOf(kind: OperationKind): MpsType | null {
  const type = makesMedia(kind) ? null : resultTypeOf(kind);
  return type === "CoverBySnapshot" ? null : type;
}

export function subTaskTypesOf(kinds: readonly OperationKind[]): string[] {
  const types = kinds.map(mpsTypeOf).flatMap((type) => (type === null ? [] : TYPES[type].subTaskType));
  return [...new Set(types)];
}

export function workflowTaskOf(task: TaskRecord, site: Site) {
  const { id, applicationId, media } = task;
  return {
    TaskId: wireTaskId(applicationId, "WorkflowTask", id),
    Status: isOver(task) ? "FINISH" : "PROCESSING",
    ErrCode: 0,
    Message: "",
    InputInfo: {
      Type: "URL",
      CosInputInfo: null,
      UrlInputInfo: { Url: media.deletedAt === null ? fileUrl(site, media.storageKey) : "" },
      S3InputInfo: null,
      VODInputInfo: null,
    },
    MetaData: media.errorCode === null ? metaDataOf(media.info) : null,
    MediaProcessResultSet: task.subtasks.flatMap((subtask) => resultOf(task, subtask, site) ?? []),
    AiContentReviewResultSet: [],
    AiAnalysisResultSet: [],
    AiRecognitionResultSet: [],
    AiQualityControlTaskResult: null,
    SmartSubtitlesTaskResult: null,
    SmartEraseTaskResult: null,
  };
}

function resultOf(task: TaskRecord, subtask: SubtaskRecord, { links }: Site) {
  const { kind, operation, outputs, state } = subtask;
  const type = mpsTypeOf(kind);
  if (type === null || makesMedia(kind)) return null;
  const definition = subtask.templateDefinition ?? 0;
  const source = task.media.info;
  const item =
    operation === null || state !== "succeeded"
      ? null
      : itemOf({ operation, definition, outputs, source, urlOf: (key) => links.url(key) });
  const { Status, ErrCodeExt, ErrCode, Message, Progress } = childOf(subtask);
  return {
    Type: type,
    ...NULLS,
    [TYPES[type].member]: {
      ...{ Status, ErrCodeExt, ErrCode, Message },
      Input: operation === null ? inputOfNothing(kind, definition) : inputOfOperation(operation, definition),
      Output: item && withPaths(type, item),
      Progress,
    },
  };
}

/** Members that are named otherwise where there are paths. */
const PATH_NAMES: Readonly<Record<string, string>> = {
  Url: "Path",
  ImageUrlSet: "ImagePathSet",
  WebVttUrl: "WebVttPath",
};

function withPaths(type: MpsType, item: object): object {
  const renamed = Object.entries(item).map(([name, value]) => [PATH_NAMES[name] ?? name, picturesWithPaths(value)]);
  return { [type === "Transcode" ? "OutputStorage" : "Storage"]: null, ...Object.fromEntries(renamed) };
}

interface Picture {
  TimeOffset: number;
  Url: string;
}

function picturesWithPaths(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((one: unknown) => {
    if (!isPicture(one)) return one;
    const { TimeOffset, Url, ...picture } = one;
    return { ...picture, TimeOffset: TimeOffset / 1000, Path: Url };
  });
}

function isPicture(value: unknown): value is Picture {
  return typeof value === "object" && value !== null && "TimeOffset" in value && "Url" in value;
}
