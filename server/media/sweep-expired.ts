import type { Db } from "../db/client.ts";
import { deleteMedia } from "./delete-media.ts";

const AT_ONCE = 50;

/** Deletes media whose time has come, as a user would; one with a task on it goes when that has ended. Answers how many. */
export async function sweepExpired(db: Db, now: Date = new Date()): Promise<number> {
  const expired = await db.$queryRaw<{ id: string; applicationId: number }[]>`
    SELECT m."id", m."applicationId" FROM "Media" m
    WHERE m."expiresAt" <= ${now} AND m."deletedAt" IS NULL AND NOT EXISTS (
      SELECT 1 FROM "Task" t WHERE t."mediaId" = m."id" AND t."state" IN ('waiting', 'processing')
    )
    ORDER BY m."expiresAt" LIMIT ${AT_ONCE}`;
  let deleted = 0;
  // A task that needs it beside its own media stops one alone.
  for (const { id, applicationId } of expired) if ((await deleteMedia(db, applicationId, id)).ok) deleted += 1;
  return deleted;
}
