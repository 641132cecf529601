/** What receivers are told of each kind of event, in the words of the VOD API. */
import { z } from "zod";
import type { Event } from "../../../prisma/generated/client.ts";
import type { Db } from "../../db/client.ts";
import type { NotificationKind } from "../../domain/notification.ts";
import { renderTask } from "../render-task.ts";
import type { Site } from "../site.ts";
import { isoTime } from "../time.ts";
import { fileUploadTask, pullUploadTask } from "./file-events.ts";

export interface Rendering extends Site {
  db: Db;
}

const deletedData = z.looseObject({
  /** Of a media that stays: what went. */
  parts: z.array(z.strictObject({ type: z.string(), definition: z.int() })).default([]),
});
const uploadData = z.looseObject({ uploadId: z.string() });

export async function renderPayload(rendering: Rendering, kind: NotificationKind, event: Event): Promise<object> {
  switch (kind) {
    case "task.changed":
    case "edit.completed":
    case "split.completed":
    case "compose.completed":
      return taskAt(rendering, event);
    case "media.uploaded":
      return fileUploadTask(rendering, event.mediaId ?? "");
    case "media.deleted": {
      const FileId = event.mediaId;
      const { parts } = deletedData.parse(event.data);
      const DeleteParts = parts.map(({ type, definition }) => ({ Type: type, Definition: definition }));
      return { FileIdSet: [FileId], FileDeleteResultInfo: [{ FileId, DeleteParts }] };
    }
    case "pull.completed":
      return pullUploadTask(rendering, uploadData.parse(event.data).uploadId);
    case "endpoint.tested":
      return { Message: "This endpoint is reached. Nothing has happened.", CreateTime: isoTime(event.createdAt) };
  }
}

/** With the states as they were: later changes are told later. */
async function taskAt({ db, ...site }: Rendering, { id, applicationId, taskId }: Event): Promise<object> {
  const task = await renderTask(db, site, { applicationId, taskId: taskId ?? "", asOf: id });
  if (task === null) throw new Error(`Event ${id} is about task ${taskId}, which is not there`);
  return task.structure;
}
