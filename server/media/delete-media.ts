import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";
import { recordEvent } from "../events/record-event.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { mediaPrefix } from "../storage/layout.ts";

/** The media and its files go. Tasks on it keep their history and what they made. */
export function deleteMedia(db: Db, applicationId: number, mediaId: string): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const media = await lockIdleMedia(tx, applicationId, mediaId);
    return media.ok ? ok(await deleteLocked(tx, media.value)) : media;
  });
}

export interface LockedMedia {
  applicationId: number;
  mediaId: string;
  storageKey: string;
  coverKey: string | null;
}

/**
 * Its row's lock. A task that has not ended is in the way, also if it works on another media and needs this one for it.
 * Creating a task locks the media's row too, so no task slips in between the check and the end of this transaction.
 */
export async function lockIdleMedia(
  tx: Tx,
  applicationId: number,
  mediaId: string,
): Promise<Result<LockedMedia, Failure>> {
  const [media] = await tx.$queryRaw<{ storageKey: string; coverKey: string | null }[]>`
    SELECT "storageKey", "coverKey" FROM "Media"
    WHERE "id" = ${mediaId} AND "applicationId" = ${applicationId} AND "deletedAt" IS NULL
    FOR UPDATE`;
  if (media === undefined) return fail({ code: "MEDIA_NOT_FOUND", detail: mediaId });
  const unended = await tx.task.findMany({
    where: {
      state: { in: ["waiting", "processing"] },
      OR: [{ mediaId }, { inputs: { some: { mediaId } } }],
    },
    select: { id: true },
    take: 5,
  });
  if (unended.length > 0) return fail({ code: "MEDIA_IN_USE", detail: unended.map(({ id }) => id).join(", ") });
  return ok({ ...media, applicationId, mediaId });
}

export async function deleteLocked(tx: Tx, { applicationId, mediaId, coverKey: shown }: LockedMedia): Promise<void> {
  const prefix = mediaPrefix({ applicationId, mediaId });
  // Tasks of the past show the cover one of them made; the thumbnail goes with the files.
  const coverKey = shown?.startsWith(`${prefix}/`) ? null : shown;
  await tx.media.update({ where: { id: mediaId }, data: { deletedAt: new Date(), coverKey } });
  await recordEvent(tx, { applicationId, type: "media.deleted", mediaId, data: {} });
  await enqueue(tx, "removeFiles", { prefix });
  await notifyLive(tx, { applicationId, type: "media", mediaId });
}
