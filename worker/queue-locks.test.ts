import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { breakStaleLocks, renewLocks } from "./queue-locks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** As if a runner of that name had taken the job, and had last said so some seconds ago. */
async function addLockedJob(lockedBy: string, secondsAgo: number): Promise<void> {
  const { db } = database;
  await enqueue(db, "removeFiles", { prefix: lockedBy }, { jobKey: lockedBy });
  await db.$executeRaw`
    UPDATE graphile_worker._private_jobs
    SET locked_by = ${lockedBy}, locked_at = clock_timestamp() - make_interval(secs => ${secondsAgo}) WHERE key = ${lockedBy}`;
}

async function lockedBy(): Promise<(string | null)[]> {
  const rows = await database.db.$queryRaw<{ locked_by: string | null }[]>`
    SELECT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL ORDER BY locked_by`;
  return rows.map((row) => row.locked_by);
}

test("jobs of a worker that no longer renews their locks are free again, those of living ones are not", async () => {
  const { db } = database;
  await addLockedJob("dead", 3600);
  await addLockedJob("living", 3600);
  await addLockedJob("recent", 3);
  await renewLocks(db, ["living", "without jobs"]);
  await breakStaleLocks(db, 0);
  expect(await lockedBy()).toEqual(["living", "recent"]);
  await breakStaleLocks(db, 0);
  expect(await lockedBy()).toEqual(["living", "recent"]);
});

test("just after the database has started nobody counts as dead: nobody could renew while it was down", async () => {
  const { db } = database;
  await addLockedJob("could not renew", 3600);
  await breakStaleLocks(db, 24 * 3600);
  expect(await lockedBy()).toContain("could not renew");
});
