import { Logger, run } from "graphile-worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { JOBS } from "./catalog.ts";
import { enqueue, enqueueAll } from "./enqueue.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a job exists exactly if its transaction commits", async () => {
  const { db } = database;
  await expect(
    db.$transaction(async (tx) => {
      await enqueue(tx, "removeFiles", { prefix: "a1/rolled-back" }, { jobKey: "rolled-back" });
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await db.$transaction((tx) => enqueue(tx, "removeFiles", { prefix: "a1/kept" }, { jobKey: "kept" }));
  const keys = await db.$queryRaw`SELECT key FROM graphile_worker.jobs WHERE key IN ('rolled-back', 'kept')`;
  expect(keys).toEqual([{ key: "kept" }]);
});

test("the queue's runner gets what was enqueued, lower priority numbers first, a repeated key once", async () => {
  const { db, url } = database;
  const later = new Date(Date.now() + 3_600_000);
  await enqueueAll(db, "run", [
    { payload: { runId: "third" }, priority: 3 },
    { payload: { runId: "first" }, priority: -7 },
    { payload: { runId: "replaced" }, jobKey: "key", priority: -9 },
    { payload: { runId: "tomorrow" }, runAt: later },
  ]);
  await enqueue(db, "run", { runId: "second" }, { jobKey: "key" });
  const ran: string[] = [];
  const runner = await run({
    connectionString: url,
    concurrency: 1,
    logger: new Logger(() => () => undefined),
    noHandleSignals: true,
    taskList: {
      run: (payload) => {
        ran.push(JOBS.run.payload.parse(payload).runId);
      },
    },
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  await expect.poll(() => ran).toEqual(["first", "second", "third"]);
  await runner.stop();
});
