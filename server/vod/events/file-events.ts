import { failureOf } from "../../db/rows.ts";
import { ERRORS } from "../../domain/error.ts";
import { mediaInfo } from "../../domain/media.ts";
import { metaDataOf } from "../meta-data.ts";
import { basicInfoOf, readCategories } from "../render-media.ts";
import { fileUrl } from "../site.ts";
import { wireTaskId } from "../tasks/task-id.ts";
import type { Rendering } from "./render-payload.ts";

/** `FileUploadTask`: a file is in, and this is what began on it. */
export async function fileUploadTask({ db, ...site }: Rendering, mediaId: string): Promise<object> {
  const media = await db.media.findUniqueOrThrow({ where: { id: mediaId } });
  const categories = await readCategories(db, media.applicationId);
  const upload = await db.upload.findFirst({ where: { mediaId }, select: { taskId: true } });
  return {
    FileId: mediaId,
    MediaBasicInfo: basicInfoOf(media, categories, site),
    ProcedureTaskId: procedureTaskId(media.applicationId, upload?.taskId),
    ReviewAudioVideoTaskId: "",
    MetaData: metaDataOf(mediaInfo.parse(media.info)),
  };
}

/** `PullUploadTask`: a pull has ended, well or badly. */
export async function pullUploadTask({ db, ...site }: Rendering, uploadId: string): Promise<object> {
  const upload = await db.upload.findUniqueOrThrow({ where: { id: uploadId }, include: { media: true } });
  const { applicationId, media } = upload;
  const failure = failureOf(upload);
  return {
    TaskId: wireTaskId(applicationId, "PullUpload", uploadId),
    Status: "FINISH",
    ErrCode: media !== null ? 0 : failure !== null && ERRORS[failure.code].http < 500 ? 60_000 : 70_000,
    Message: media !== null ? "SUCCESS" : (failure?.code ?? ""),
    FileId: media?.id ?? "",
    MediaBasicInfo: media === null ? null : basicInfoOf(media, await readCategories(db, applicationId), site),
    MetaData: media === null ? null : metaDataOf(mediaInfo.parse(media.info)),
    FileUrl: media === null ? "" : fileUrl(site, media.storageKey),
    ProcedureTaskId: procedureTaskId(applicationId, upload.taskId),
    ReviewAudioVideoTaskId: "",
    SessionContext: upload.sessionContext,
    SessionId: "",
    Progress: 100,
  };
}

function procedureTaskId(applicationId: number, taskId: string | null | undefined): string {
  return taskId === null || taskId === undefined ? "" : wireTaskId(applicationId, "Procedure", taskId);
}
