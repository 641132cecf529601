import { mediaInfo } from "../../domain/media.ts";
import { metaDataOf } from "../meta-data.ts";
import { basicInfoOf, readCategories } from "../render-media.ts";
import { pullUploadTaskOf } from "../tasks/pull-task.ts";
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
  const pull = await db.upload.findUniqueOrThrow({ where: { id: uploadId }, include: { media: true } });
  return pullUploadTaskOf(db, site, pull);
}

function procedureTaskId(applicationId: number, taskId: string | null | undefined): string {
  return taskId === null || taskId === undefined ? "" : wireTaskId(applicationId, "Procedure", taskId);
}
