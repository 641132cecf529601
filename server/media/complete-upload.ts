import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Upload } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { incomingKey } from "../storage/layout.ts";
import type { Store } from "../storage/store.ts";
import type { UploadFiles } from "./upload-files.ts";

/**
 * Hands a file that has arrived whole to the workers: moved into the store, then one transaction that says so and
 * enqueues its check. Called after the last byte, when the browser asks, and at every start, in any order and any number
 * of times at once: a crash anywhere in between is made good by the next call. Of an upload that is still being received,
 * or was completed before, it only answers the row.
 */
export async function completeUpload(
  db: Db,
  { store, files }: { store: Store; files: UploadFiles },
  uploadId: string,
): Promise<Result<Upload, Failure>> {
  const upload = await db.upload.findUnique({ where: { id: uploadId } });
  if (upload === null) return fail({ code: "UPLOAD_NOT_FOUND", detail: uploadId });
  if (upload.state !== "receiving") return ok(upload);
  const key = incomingKey(upload);
  if ((await store.stat(key)) === null) {
    const received = await files.received(uploadId);
    if (received === null || BigInt(received.sizeBytes) < upload.sizeBytes) return ok(upload);
    try {
      await files.handOver(store, uploadId, key);
    } catch (error) {
      // Somebody else has just moved it.
      if ((await store.stat(key)) === null) throw error;
    }
  }
  const completed = await inTransaction(db, async (tx) => {
    const { count } = await tx.upload.updateMany({
      where: { id: uploadId, state: "receiving" },
      data: { state: "checking" },
    });
    if (count === 1) {
      await enqueue(tx, "ingestUpload", { uploadId });
      await notifyLive(tx, { applicationId: upload.applicationId, type: "upload", uploadId });
    }
    return tx.upload.findUnique({ where: { id: uploadId } });
  });
  if (completed !== null) return ok(completed);
  // Removed by its user in the meantime.
  await store.remove(key);
  return fail({ code: "UPLOAD_NOT_FOUND", detail: uploadId });
}
