/** The one end of every upload, however its file came: the media with the work asked for, or the reason why there is none. */
import type { Failure } from "#domain/error.ts";
import { blankInfo } from "#domain/media.ts";
import type { Upload } from "../../prisma/generated/client.ts";
import type { MediaSource, UploadOrigin } from "../../prisma/generated/enums.ts";
import type { Db, Tx } from "../db/client.ts";
import { storableFailure } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";
import { recordEvent } from "../events/record-event.ts";
import { enqueueAll } from "../jobs/enqueue.ts";
import { incomingKey, mediaPrefix, sourceKey } from "../storage/layout.ts";
import { createTaskInTx } from "../tasks/create-task.ts";
import { mediaIdFrom } from "./media-id.ts";
import { beginPlanned } from "./planned-tasks.ts";
import { type NewMedia, recordMedia } from "./record-media.ts";
import { UNKNOWN_EXTENSION } from "./source-extension.ts";
import { type UploadTerms, uploadTerms } from "./upload-terms.ts";

export type Ingested =
  | { mediaId: string; taskId: string | null; unreadable?: Failure }
  | { refused: Failure }
  | "done before";

const SOURCES: Record<UploadOrigin, MediaSource> = {
  browser: "upload",
  sample: "sample",
  server: "upload",
  client: "upload",
  pull: "pull",
};

type Found = Pick<NewMedia, "info" | "storageKey" | "coverKey" | "unreadable">;

/** Of two at once the second waits here, and then finds nothing left to do. */
export async function finishUpload(tx: Tx, upload: Upload, media: Found): Promise<Ingested> {
  const { id, applicationId, createdById, fileName: name } = upload;
  const { count } = await tx.upload.updateMany({
    where: { id, state: { in: ["receiving", "checking"] } },
    data: { state: "done" },
  });
  if (count === 0) return "done before";
  const terms = uploadTerms.parse(upload.terms);
  const mediaId = mediaIdFrom(id);
  // Deleted meanwhile: the file is in all the same.
  const category = terms.classId > 0 ? { id: terms.classId, applicationId } : null;
  const categoryId = category && (await tx.category.findFirst({ where: category, select: { id: true } }))?.id;
  await recordMedia(tx, {
    ...{ ...media, id: mediaId, applicationId, createdById, name, source: SOURCES[upload.origin] },
    ...{ categoryId, expiresAt: terms.expiresAt === undefined ? null : new Date(terms.expiresAt) },
    sourceContext: terms.sourceContext || (upload.origin === "browser" ? upload.sessionContext : ""),
  });
  const task = upload.procedureName === null ? null : await startProcedure(tx, upload, terms, mediaId);
  const [planned = null] = await beginPlanned(tx, id, mediaId);
  const taskId = task?.ok ? task.value.taskId : planned;
  // The file is in, whatever becomes of the work: a procedure deleted meanwhile is told beside it.
  const failure = media.unreadable ?? (task === null || task.ok ? null : task.failure);
  const error = { errorCode: failure?.code ?? null, errorDetail: failure?.detail ?? null };
  await tx.upload.update({ where: { id }, data: { mediaId, taskId, sizeBytes: media.info.sizeBytes, ...error } });
  await tellEnd(tx, upload, { mediaId, ...(taskId === null ? {} : { taskId }) });
  return { mediaId, taskId, ...(media.unreadable === undefined ? {} : { unreadable: media.unreadable }) };
}

/**
 * Says why a file does not become a media, and has it removed. Where a task waits for it there is a media all the same, one
 * that cannot be read: so the task ends, and says why, like any other.
 */
export async function refuseUpload(db: Db, id: string, failure: Failure): Promise<Ingested> {
  const { code, detail } = storableFailure(failure);
  return inTransaction(db, async (tx) => {
    const [upload] = await tx.upload.updateManyAndReturn({
      where: { id, state: { in: ["receiving", "checking"] } },
      data: { errorCode: code, errorDetail: detail },
    });
    if (upload === undefined) return "done before";
    const { applicationId } = upload;
    const place = { applicationId, mediaId: mediaIdFrom(id) };
    const prefixes = [incomingKey(upload), mediaPrefix(place)];
    await enqueueAll(
      tx,
      "removeFiles",
      prefixes.map((prefix) => ({ payload: { prefix } })),
    );
    if ((await tx.plannedTask.count({ where: { uploadId: id } })) > 0) {
      const storageKey = sourceKey(place, UNKNOWN_EXTENSION);
      return finishUpload(tx, upload, {
        info: blankInfo(0),
        storageKey,
        coverKey: null,
        unreadable: { code: failure.code, detail },
      });
    }
    await tx.upload.update({ where: { id }, data: { state: "refused" } });
    await tellEnd(tx, upload, {});
    return { refused: failure };
  });
}

async function tellEnd(tx: Tx, upload: Upload, made: { mediaId?: string; taskId?: string }): Promise<void> {
  const { id: uploadId, applicationId, origin } = upload;
  if (origin === "pull") await recordEvent(tx, { applicationId, type: "pull.completed", ...made, data: { uploadId } });
  await notifyLive(tx, { type: "upload", applicationId, uploadId });
}

async function startProcedure(tx: Tx, upload: Upload, { priority, notifyMode }: UploadTerms, mediaId: string) {
  const { applicationId, procedureName, sessionContext, createdById, origin } = upload;
  return createTaskInTx(tx, {
    ...{ applicationId, mediaId, procedureName: procedureName ?? "", sessionContext, priority, notifyMode },
    startedBy: origin === "pull" ? "pull" : "upload",
    ...(createdById === null ? {} : { createdById }),
  });
}
