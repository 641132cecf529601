import type { Failure } from "#domain/error.ts";
import {
  changeKeyMoments,
  changeSubtitles,
  changeTags,
  type KeyMoment,
  keyMoments,
  type ListChange,
  type MediaSubtitle,
  mediaSubtitles,
} from "#domain/media-facts.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { mediaPrefix } from "../storage/layout.ts";

/** What is absent stays as it is. */
export interface MediaChange {
  name?: string;
  description?: string;
  /** Null: in no category. */
  categoryId?: number | null;
  /** Null: never. */
  expiresAt?: Date | null;
  tags?: ListChange<string, string>;
  keyMoments?: ListChange<KeyMoment, number>;
  subtitles?: ListChange<MediaSubtitle, string>;
  /** A picture that lies in the store. */
  coverKey?: string;
}

export async function modifyMedia(
  db: Db,
  applicationId: number,
  mediaId: string,
  change: MediaChange,
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    // Lists are read, changed and written: of two at once the second waits here for the first.
    await tx.$executeRaw`SELECT 1 FROM "Media" WHERE "id" = ${mediaId} FOR UPDATE`;
    const media = await tx.media.findFirst({ where: { id: mediaId, applicationId, deletedAt: null } });
    if (media === null) return fail({ code: "MEDIA_NOT_FOUND", detail: mediaId });
    const { name, description, categoryId, expiresAt, coverKey } = change;
    if (categoryId !== undefined && categoryId !== null) {
      const [category] = await tx.$queryRaw<{ id: number }[]>`
        SELECT "id" FROM "Category" WHERE "id" = ${categoryId} AND "applicationId" = ${applicationId} FOR KEY SHARE`;
      if (category === undefined) return fail({ code: "CATEGORY_NOT_FOUND", detail: `${categoryId}` });
    }
    const tags = change.tags && changeTags(media.tags, change.tags);
    if (tags?.ok === false) return tags;
    const moments = change.keyMoments && changeKeyMoments(keyMoments.parse(media.keyMoments), change.keyMoments);
    if (moments?.ok === false) return moments;
    const subtitles = change.subtitles && changeSubtitles(mediaSubtitles.parse(media.subtitles), change.subtitles);
    if (subtitles?.ok === false) return subtitles;
    await tx.media.update({
      where: { id: mediaId },
      data: {
        ...{ name, description, categoryId, expiresAt, coverKey },
        ...{ tags: tags?.value, keyMoments: moments?.value, subtitles: subtitles?.value },
      },
    });
    if (coverKey !== undefined) await removeOldCover(tx, { applicationId, mediaId }, media.coverKey);
    await notifyLive(tx, { applicationId, type: "media", mediaId });
    return ok(undefined);
  });
}

/** A picture that a task made belongs to the task. */
async function removeOldCover(
  tx: Parameters<typeof enqueue>[0],
  place: { applicationId: number; mediaId: string },
  coverKey: string | null,
): Promise<void> {
  if (coverKey?.startsWith(`${mediaPrefix(place)}/`)) await enqueue(tx, "removeFiles", { prefix: coverKey });
}
