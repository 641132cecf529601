import { newId } from "#domain/id.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { enqueue } from "../jobs/enqueue.ts";

/** Asks a worker for a small film to try things with. It comes in as an upload whose file the worker makes itself. */
export async function requestSample(
  db: Db,
  owner: { applicationId: number; createdById: string },
): Promise<{ uploadId: string }> {
  const uploadId = newId();
  await inTransaction(db, async (tx) => {
    await tx.upload.create({
      data: { ...owner, id: uploadId, fileName: "sample.mp4", sizeBytes: 0, state: "checking", origin: "sample" },
    });
    await enqueue(tx, "makeSample", { uploadId });
  });
  return { uploadId };
}
