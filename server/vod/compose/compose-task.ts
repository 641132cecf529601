/** `ComposeMediaTask`: several media have become a new one. */
import { mediaInfo } from "../../domain/media.ts";
import { metaDataOf } from "../meta-data.ts";
import { fileUrl, type Site } from "../site.ts";
import { wholeOf } from "../tasks/outcome.ts";
import type { TaskRecord } from "../tasks/read-task.ts";
import { wireTaskId } from "../tasks/task-id.ts";
import { isoTime, NEVER } from "../time.ts";
import { composeInputOf } from "./render-tracks.ts";

export function composeMediaTaskOf(task: TaskRecord, site: Site) {
  const { id, applicationId, media, subtasks } = task;
  const [subtask] = subtasks;
  const { Status, ErrCode, Message, Progress } = wholeOf(task);
  const made = subtask?.state === "succeeded" ? subtask.madeMedia : null;
  const there = made !== null && made !== undefined && made.deletedAt === null ? made : null;
  return {
    TaskId: wireTaskId(applicationId, "ComposeMedia", id),
    ...{ Status, ErrCode, Message, Progress },
    Input: subtask?.operation?.kind === "compose" ? composeInputOf(subtask.operation.params, media.id) : null,
    Output: there && {
      FileType: there.storageKey.split(".").at(-1) ?? "",
      FileId: there.id,
      FileUrl: fileUrl(site, there.storageKey),
      MediaName: there.name,
      ClassId: there.categoryId ?? 0,
      ExpireTime: there.expiresAt === null ? NEVER : isoTime(there.expiresAt),
    },
    MetaData: there && metaDataOf(mediaInfo.parse(there.info)),
    SessionId: task.sessionId ?? "",
    SessionContext: task.sessionContext,
  };
}
