/** `EditMediaTask` and `SplitMediaTask`: tasks that make media. */
import { mediaInfo } from "../../domain/media.ts";
import { metaDataOf } from "../meta-data.ts";
import { basicInfoOf } from "../render-media.ts";
import { fileUrl, type Site } from "../site.ts";
import { isoTime, NEVER } from "../time.ts";
import { wholeOf } from "./outcome.ts";
import type { SubtaskRecord, TaskRecord } from "./read-task.ts";
import { wireTaskId } from "./task-id.ts";

export function editMediaTaskOf(task: TaskRecord, site: Site) {
  const { id, applicationId, media, subtasks, sessionContext } = task;
  const [subtask] = subtasks;
  const { Status, ErrCode, ErrCodeExt, Message, Progress } = wholeOf(task);
  const clips = subtask?.operation?.kind === "edit" ? subtask.operation.params.clips : [];
  const made = subtask && madeBy(subtask);
  return {
    TaskId: wireTaskId(applicationId, "EditMedia", id),
    ...{ Status, ErrCode, ErrCodeExt, Message, Progress },
    Input: {
      InputType: "File",
      FileInfoSet: clips.map(({ mediaId, startOffsetSeconds, endOffsetSeconds }) => ({
        FileId: mediaId ?? media.id,
        StartTimeOffset: startOffsetSeconds,
        EndTimeOffset: endOffsetSeconds,
      })),
      StreamInfoSet: [],
    },
    Output: made
      ? {
          FileType: "mp4",
          FileUrl: fileUrl(site, made.storageKey),
          FileId: made.id,
          MediaName: made.name,
          ClassId: made.categoryId ?? 0,
          ExpireTime: made.expiresAt === null ? NEVER : isoTime(made.expiresAt),
        }
      : null,
    MetaData: made ? metaDataOf(mediaInfo.parse(made.info)) : null,
    ProcedureTaskId: procedureTaskIdOf(applicationId, subtask),
    ReviewAudioVideoTaskId: "",
    SessionId: task.sessionId ?? "",
    SessionContext: sessionContext,
  };
}

export function splitMediaTaskOf(task: TaskRecord, site: Site) {
  const { id, applicationId, media, subtasks, sessionContext } = task;
  const { Status, ErrCode, ErrCodeExt, Message, Progress } = wholeOf(task);
  return {
    TaskId: wireTaskId(applicationId, "SplitMedia", id),
    ...{ Status, ErrCodeExt, ErrCode, Message },
    FileInfoSet: subtasks.map((subtask) => {
      const params = subtask.operation?.kind === "split" ? subtask.operation.params : null;
      const made = madeBy(subtask);
      return {
        Input: {
          FileId: media.id,
          StartTimeOffset: params?.startOffsetSeconds ?? 0,
          EndTimeOffset: params?.endOffsetSeconds ?? 0,
          ProcedureName: params?.result.procedureName ?? "",
          OutputConfig: { MediaName: params?.result.name ?? "", Type: "mp4", ClassId: 0, ExpireTime: NEVER },
        },
        Output: made ? { FileId: made.id, MediaBasicInfo: basicInfoOf(made, task.categories, site) } : null,
        ProcedureTaskId: procedureTaskIdOf(applicationId, subtask),
        ReviewAudioVideoTaskId: "",
      };
    }),
    SessionContext: sessionContext,
    SessionId: task.sessionId ?? "",
    Progress,
  };
}

/** A subtask that is carried out again still points to what it made before. */
function madeBy({ state, madeMedia }: SubtaskRecord) {
  return state === "succeeded" && madeMedia !== null && madeMedia.deletedAt === null ? madeMedia : null;
}

function procedureTaskIdOf(applicationId: number, subtask: SubtaskRecord | undefined): string {
  const begun = subtask?.state === "succeeded" ? subtask.madeTaskId : null;
  return begun === null ? "" : wireTaskId(applicationId, "Procedure", begun);
}
