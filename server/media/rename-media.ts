import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";

export async function renameMedia(
  db: Db,
  applicationId: number,
  mediaId: string,
  name: string,
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const where = { id: mediaId, applicationId, deletedAt: null };
    const { count } = await tx.media.updateMany({ where, data: { name } });
    if (count === 0) return fail({ code: "MEDIA_NOT_FOUND", detail: mediaId });
    await notifyLive(tx, { applicationId, type: "media", mediaId });
    return ok(undefined);
  });
}
