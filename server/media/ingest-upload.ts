/** A file that has arrived becomes a media, and the work asked for it begins; or it is refused, and says why. */
import type { Failure } from "#domain/error.ts";
import type { MediaInfo } from "#domain/media.ts";
import type { Result } from "#domain/result.ts";
import type { Upload } from "../../prisma/generated/client.ts";
import type { MediaSource } from "../../prisma/generated/enums.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";
import { enqueueAll } from "../jobs/enqueue.ts";
import { incomingKey, mediaPrefix, sourceKey, thumbnailKey } from "../storage/layout.ts";
import type { Store } from "../storage/store.ts";
import { createTaskInTx } from "../tasks/create-task.ts";
import { mediaIdFrom } from "./media-id.ts";
import { type NewMedia, recordMedia } from "./record-media.ts";
import { SOURCE_EXTENSIONS, sourceExtensionOf } from "./source-extension.ts";

/** What looks into files; the worker's, as it starts processes. */
export interface Examiner {
  /** A folder of its own, for a copy of the file where the store is not local. */
  folder: string;
  probe: (path: string) => Promise<Result<MediaInfo, Failure>>;
  /** The path of a small JPEG of what the file shows. Null when it shows nothing, or nothing that can be read. */
  makeThumbnail: (path: string, info: MediaInfo) => Promise<string | null>;
}

interface Ingestion {
  db: Db;
  store: Store;
  examiner: Examiner;
}

export type Ingested = { mediaId: string; taskId: string | null } | { refused: Failure } | "done before";

/**
 * May be cut off anywhere and done again: the media's id follows from the upload's, so a second try finds what a first one
 * moved, and only the transaction at the end makes any of it visible.
 */
export async function ingestUpload(
  { db, store, examiner }: Ingestion,
  uploadId: string,
  source: Extract<MediaSource, "upload" | "sample">,
): Promise<Ingested> {
  const upload = await db.upload.findUnique({ where: { id: uploadId } });
  if (upload?.state !== "checking") return "done before";
  const place = { applicationId: upload.applicationId, mediaId: mediaIdFrom(uploadId) };
  const key = await findFile(store, upload, place);
  if (key === null) return refuseUpload(db, uploadId, { code: "SOURCE_GONE", detail: "The file is gone." });

  const path = await store.materialise(key, examiner.folder);
  const probed = await examiner.probe(path);
  if (!probed.ok) return refuseUpload(db, uploadId, probed.failure);
  const info = probed.value;

  const thumbnail = await examiner.makeThumbnail(path, info);
  const coverKey = thumbnail === null ? null : thumbnailKey(place);
  if (thumbnail !== null && coverKey !== null) await store.putFile(thumbnail, coverKey);
  const storageKey = sourceKey(place, sourceExtensionOf(info));
  if (key !== storageKey) await store.move(key, storageKey);
  const { mediaId } = place;
  return inTransaction(db, (tx) => finish(tx, upload, { id: mediaId, info, source, storageKey, coverKey }));
}

/** Says why a file does not become a media, and has it removed. Also for one that could not be looked into. */
export async function refuseUpload(db: Db, id: string, failure: Failure): Promise<Ingested> {
  const refused = await inTransaction(db, async (tx) => {
    const [upload] = await tx.upload.updateManyAndReturn({
      where: { id, state: "checking" },
      data: { state: "refused", errorCode: failure.code, errorDetail: failure.detail },
    });
    if (upload === undefined) return false;
    const { applicationId } = upload;
    const prefixes = [incomingKey(upload), mediaPrefix({ applicationId, mediaId: mediaIdFrom(id) })];
    await enqueueAll(
      tx,
      "removeFiles",
      prefixes.map((prefix) => ({ payload: { prefix } })),
    );
    await notifyLive(tx, { type: "upload", applicationId, uploadId: id });
    return true;
  });
  return refused ? { refused: failure } : "done before";
}

/** Where it arrived, or where an earlier try moved it. */
async function findFile(
  store: Store,
  upload: Upload,
  place: { applicationId: number; mediaId: string },
): Promise<string | null> {
  const keys = [incomingKey(upload), ...SOURCE_EXTENSIONS.map((extension) => sourceKey(place, extension))];
  for (const key of keys) if ((await store.stat(key)) !== null) return key;
  return null;
}

async function finish(
  tx: Tx,
  upload: Upload,
  media: Pick<NewMedia, "id" | "info" | "source" | "storageKey" | "coverKey">,
): Promise<Ingested> {
  const { id, applicationId, createdById, fileName: name, sessionContext: sourceContext } = upload;
  // Of two tries at once the second waits here, and then finds nothing left to do.
  const { count } = await tx.upload.updateMany({ where: { id, state: "checking" }, data: { state: "done" } });
  if (count === 0) return "done before";
  await recordMedia(tx, { ...media, applicationId, createdById, name, sourceContext });
  const mediaId = media.id;
  const task = upload.procedureName === null ? null : await startProcedure(tx, upload, mediaId);
  const taskId = task?.ok ? task.value.taskId : null;
  // The file is in, whatever becomes of the work: a procedure deleted meanwhile is told beside it.
  const failure = task === null || task.ok ? null : task.failure;
  await tx.upload.update({
    where: { id },
    data: {
      ...{ mediaId, taskId, sizeBytes: media.info.sizeBytes },
      ...{ errorCode: failure?.code ?? null, errorDetail: failure?.detail ?? null },
    },
  });
  await notifyLive(tx, { type: "upload", applicationId, uploadId: id });
  return { mediaId, taskId };
}

async function startProcedure(tx: Tx, upload: Upload, mediaId: string) {
  const { applicationId, procedureName, sessionContext, createdById } = upload;
  return createTaskInTx(tx, {
    ...{ applicationId, mediaId, procedureName: procedureName ?? "", startedBy: "upload", sessionContext },
    ...(createdById === null ? {} : { createdById }),
  });
}
