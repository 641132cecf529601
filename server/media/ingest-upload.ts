/** A file that has arrived becomes a media, and the work asked for begins; or it is refused, and says why. */
import type { Failure } from "#domain/error.ts";
import { blankInfo, type MediaInfo } from "#domain/media.ts";
import type { Result } from "#domain/result.ts";
import type { Upload } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { incomingKey, sourceKey, thumbnailKey } from "../storage/layout.ts";
import type { Store } from "../storage/store.ts";
import { finishUpload, type Ingested, refuseUpload } from "./finish-upload.ts";
import { mediaIdFrom } from "./media-id.ts";
import { SOURCE_EXTENSIONS, sourceExtensionOf, UNKNOWN_EXTENSION } from "./source-extension.ts";

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

/**
 * May be cut off anywhere and done again: the media's id follows from the upload's, so a second try finds what a first one
 * moved, and only the transaction at the end makes any of it visible.
 */
export async function ingestUpload({ db, store, examiner }: Ingestion, uploadId: string): Promise<Ingested> {
  const upload = await db.upload.findUnique({ where: { id: uploadId } });
  if (upload?.state !== "checking") return "done before";
  const place = { applicationId: upload.applicationId, mediaId: mediaIdFrom(uploadId) };
  const found = await findFile(store, upload, place);
  if (found === null) return refuseUpload(db, uploadId, { code: "SOURCE_GONE", detail: "The file is gone." });

  const path = await store.materialise(found.key, examiner.folder);
  const probed = await examiner.probe(path);
  // Whoever has been told the media's id finds it under that, and what is wrong with it.
  if (!probed.ok && upload.fileId === null) return refuseUpload(db, uploadId, probed.failure);
  const info = probed.ok ? probed.value : blankInfo(found.sizeBytes);

  const thumbnail = upload.coverKey === null && probed.ok ? await examiner.makeThumbnail(path, info) : null;
  const coverKey = thumbnail === null ? upload.coverKey : thumbnailKey(place);
  if (thumbnail !== null && coverKey !== null) await store.putFile(thumbnail, coverKey);
  const storageKey = sourceKey(place, probed.ok ? sourceExtensionOf(info) : UNKNOWN_EXTENSION);
  if (found.key !== storageKey) await store.move(found.key, storageKey);
  const unreadable = probed.ok ? {} : { unreadable: probed.failure };
  return inTransaction(db, (tx) => finishUpload(tx, upload, { info, storageKey, coverKey, ...unreadable }));
}

/** Where it arrived, or where an earlier try moved it. */
async function findFile(
  store: Store,
  upload: Upload,
  place: { applicationId: number; mediaId: string },
): Promise<{ key: string; sizeBytes: number } | null> {
  const keys = [incomingKey(upload), ...SOURCE_EXTENSIONS.map((extension) => sourceKey(place, extension))];
  for (const key of keys) {
    const file = await store.stat(key);
    if (file !== null) return { key, sizeBytes: file.sizeBytes };
  }
  return null;
}
