import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { incomingKey } from "../storage/layout.ts";
import type { Store } from "../storage/store.ts";
import type { UploadFiles } from "./upload-files.ts";

/** Takes an upload off the list; one that is being received stops. The media made of a finished one stays. */
export async function removeUpload(
  db: Db,
  { store, files }: { store: Store; files: UploadFiles },
  owner: { applicationId: number; createdById: string },
  uploadId: string,
): Promise<Result<void, Failure>> {
  const mine = { id: uploadId, ...owner };
  const { count } = await db.upload.deleteMany({ where: { ...mine, state: { not: "checking" } } });
  if (count === 0) {
    const checking = (await db.upload.count({ where: mine })) > 0;
    return fail({ code: checking ? "STATE_MOVED" : "UPLOAD_NOT_FOUND", detail: uploadId });
  }
  await files.remove(uploadId);
  // Where it lies between the last byte and its check.
  await store.remove(incomingKey({ applicationId: owner.applicationId, id: uploadId }));
  return ok(undefined);
}
