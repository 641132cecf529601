/** `PullUploadTask`: a file that a worker fetches. Its id is that of the upload it comes in by. */
import type { Prisma } from "../../../prisma/generated/client.ts";
import type { Db } from "../../db/client.ts";
import { failureOf } from "../../db/rows.ts";
import { mediaInfo } from "../../domain/media.ts";
import { errCodeExtOf, errNumberOf, messageOf } from "../error-codes.ts";
import { metaDataOf } from "../meta-data.ts";
import { basicInfoOf, readCategories } from "../render-media.ts";
import { fileUrl, type Site } from "../site.ts";
import { isoTime } from "../time.ts";
import { wireTaskId } from "./task-id.ts";

type Pull = Prisma.UploadGetPayload<{ include: { media: true } }>;

/** Null when the application has no such pull. */
export function findPull(db: Db, applicationId: number, id: string): Promise<Pull | null> {
  return db.upload.findFirst({ where: { id, applicationId, origin: "pull" }, include: { media: true } });
}

function isOver({ state }: Pull): boolean {
  return state === "done" || state === "refused";
}

/** A file that came and cannot be read is a media, and yet its pull has failed. */
export async function pullUploadTaskOf(db: Db, site: Site, pull: Pull) {
  const { id, applicationId, media, fileId, sessionId, sessionContext, sizeBytes, receivedBytes, taskId } = pull;
  const failure = failureOf(pull) ?? (media === null ? null : failureOf(media));
  const arrived = sizeBytes > 0n ? Math.min(99, Number((100n * receivedBytes) / sizeBytes)) : 0;
  const readable = media !== null && media.errorCode === null;
  return {
    TaskId: wireTaskId(applicationId, "PullUpload", id),
    Status: isOver(pull) ? "FINISH" : "PROCESSING",
    ErrCode: failure === null ? 0 : errNumberOf(errCodeExtOf(failure.code)),
    Message: failure === null ? (isOver(pull) ? "SUCCESS" : "") : messageOf(failure),
    FileId: media?.id ?? fileId ?? "",
    MediaBasicInfo: media === null ? null : basicInfoOf(media, await readCategories(db, applicationId), site),
    MetaData: readable ? metaDataOf(mediaInfo.parse(media.info)) : null,
    FileUrl: media === null ? "" : fileUrl(site, media.storageKey),
    ProcedureTaskId: taskId === null ? "" : wireTaskId(applicationId, "Procedure", taskId),
    ReviewAudioVideoTaskId: "",
    SessionContext: sessionContext,
    SessionId: sessionId ?? "",
    Progress: isOver(pull) ? 100 : arrived,
  };
}

export function pullTimesOf(pull: Pull) {
  return {
    Status: isOver(pull) ? "FINISH" : "PROCESSING",
    CreateTime: isoTime(pull.createdAt),
    BeginProcessTime: isoTime(pull.createdAt),
    FinishTime: isOver(pull) ? isoTime(pull.updatedAt) : "",
  };
}
