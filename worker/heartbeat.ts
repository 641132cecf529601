import { hostname } from "node:os";
import type { Db } from "#server/db/client.ts";

/** Dead workers stay listed this long: their machine's name stands beside the runs they carried out. */
const DAYS_KEPT = 30;

export interface WorkerFacts {
  id: string;
  concurrency: number;
  ffmpegVersion: string;
}

/** Says that a worker lives, by the database's clock, which all who ask go by; the first time also who it is. */
export async function beat(db: Db, { id, concurrency, ffmpegVersion }: WorkerFacts): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Worker" ("id", "host", "processId", "concurrency", "ffmpegVersion")
    VALUES (${id}, ${hostname()}, ${process.pid}, ${concurrency}, ${ffmpegVersion})
    ON CONFLICT ("id") DO UPDATE SET "heartbeatAt" = clock_timestamp()`;
  await db.$executeRaw`DELETE FROM "Worker" WHERE "heartbeatAt" < clock_timestamp() - make_interval(days => ${DAYS_KEPT}::int)`;
}

/** Said last, so that nobody counts on a worker for the ten seconds after its last beat. */
export async function sayGoodbye(db: Db, id: string): Promise<void> {
  await db.$executeRaw`UPDATE "Worker" SET "stoppedAt" = clock_timestamp() WHERE "id" = ${id}`;
}
