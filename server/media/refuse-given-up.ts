import type { Db } from "../db/client.ts";
import { refuseUpload } from "./finish-upload.ts";

/**
 * Refuses uploads whose check the queue has given up. A job that breaks says so itself, but one whose worker died or was
 * stopped each time has had nobody to say it, and its upload would be checked for ever. Answers how many.
 */
export async function refuseGivenUp(db: Db): Promise<number> {
  const givenUp = await db.$queryRaw<{ id: string; attempts: number }[]>`
    SELECT u."id", j.attempts::int AS attempts
    FROM graphile_worker._private_jobs j JOIN "Upload" u ON u."id" = j.payload ->> 'uploadId'
    WHERE NOT j.is_available AND j.locked_at IS NULL AND u."state" = 'checking'`;
  for (const { id, attempts } of givenUp) {
    await refuseUpload(db, id, { code: "INTERNAL", detail: `Cut off ${attempts} times.` });
  }
  return givenUp.length;
}
