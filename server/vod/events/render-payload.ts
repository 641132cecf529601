/** What receivers are told of each kind of event, in the words of the VOD API. */
import type { Event } from "../../../prisma/generated/client.ts";
import type { Db } from "../../db/client.ts";
import type { NotificationKind } from "../../domain/notification.ts";
import type { Env } from "../../env.ts";
import type { FileLinks } from "../../files/file-links.ts";

export interface Rendering {
  db: Db;
  links: FileLinks;
  env: Pick<Env, "PUBLIC_URL">;
}

export async function renderPayload(rendering: Rendering, kind: NotificationKind, event: Event): Promise<object> {
  switch (kind) {
    case "task.changed":
    case "edit.completed":
    case "split.completed":
    case "compose.completed":
      return {
        TaskId: event.taskId,
        FileId: event.mediaId,
        Status: event.type === "task.finished" ? "FINISH" : "PROCESSING",
        Message: null,
      };
    case "media.uploaded":
      return { FileId: event.mediaId };
    case "media.deleted":
      return {
        FileIdSet: [event.mediaId],
        FileDeleteResultInfo: [{ FileId: event.mediaId, DeleteParts: [] }],
      };
    case "pull.completed":
      return { TaskId: "" };
    case "endpoint.tested":
      return { Message: "This endpoint is reached. Nothing has happened.", SentAt: event.createdAt.toISOString() };
  }
}
