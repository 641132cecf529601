import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { incomingKey } from "../storage/layout.ts";
import type { UploadFiles } from "./upload-files.ts";

/** Takes an upload off the list; one that is being received stops. The media made of a finished one stays. */
export async function removeUpload(
  db: Db,
  files: UploadFiles,
  owner: { applicationId: number; createdById: string },
  uploadId: string,
): Promise<Result<void, Failure>> {
  const mine = { id: uploadId, ...owner };
  const removed = await inTransaction(db, async (tx) => {
    const { count } = await tx.upload.deleteMany({ where: { ...mine, state: { not: "checking" } } });
    // Where it lies between the last byte and its check.
    const prefix = incomingKey({ applicationId: owner.applicationId, id: uploadId });
    if (count > 0) await enqueue(tx, "removeFiles", { prefix });
    return count > 0;
  });
  if (!removed) {
    const checking = (await db.upload.count({ where: mine })) > 0;
    return fail({ code: checking ? "STATE_MOVED" : "UPLOAD_NOT_FOUND", detail: uploadId });
  }
  // What a crash leaves of this, the sweep of uploads finds.
  await files.remove(uploadId);
  return ok(undefined);
}
