import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { appendLog } from "./append-log.ts";
import { cancelTask } from "./cancel-task.ts";
import { claimRun } from "./claim-run.ts";
import { finishRun } from "./finish-run.ts";
import { recordCommands } from "./record-commands.ts";
import { releaseRun } from "./release-run.ts";
import { renewLease } from "./renew-lease.ts";
import { reportProgress } from "./report-progress.ts";
import { sweepRuns } from "./sweep-runs.ts";
import {
  addFilm,
  addPipeline,
  addTask,
  allSucceeded,
  claimAdmitted,
  eventsOf,
  expireLease,
  runsOf,
  SPRITE,
  subtasksOf,
} from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
// Sweeping is about all runs of a database.
beforeEach(async () => {
  await database.db.run.updateMany({ data: { state: "cancelled" } });
});

const newTask = async (steps = [SPRITE]) =>
  addTask(database.db, { steps, pipelineId: await addPipeline(database.db, steps.length) });
/** The server of the tests has only just been started; by default nothing would be swept. */
const sweep = () => sweepRuns(database.db, 0);

/** Everything a run writes, to tell whether anything changed. */
async function everythingOf(taskId: string) {
  const { db } = database;
  return {
    task: await db.task.findUnique({ where: { id: taskId }, include: { media: true } }),
    subtasks: await subtasksOf(db, taskId),
    runs: await runsOf(db, taskId),
    outputs: await db.output.findMany({ where: { subtask: { taskId } } }),
    log: await db.runLogChunk.findMany({ where: { run: { taskId } } }),
    events: await eventsOf(db, taskId),
  };
}

test("a worker that comes back from the dead writes nothing", async () => {
  const { db } = database;
  const taskId = await newTask();
  const zombie = await claimAdmitted(db, taskId);
  await expireLease(db, zombie.runId);
  expect(await sweep()).toMatchObject({ lost: 1 });
  const heir = await claimAdmitted(db, taskId);
  expect(heir.fencing).toBeGreaterThan(zombie.fencing);
  const before = await everythingOf(taskId);
  const [subtask] = zombie.subtasks;
  // Also when it knows the heir's run: the number alone tells them apart.
  for (const hold of [zombie, { runId: heir.runId, fencing: zombie.fencing }]) {
    expect(await renewLease(db, hold)).toBe("lost");
    const progress = { subtasks: [{ id: subtask?.id ?? "", percent: 50 }], speed: 1, remainingSeconds: 1 };
    expect(await reportProgress(db, hold, progress)).toBe("lost");
    expect(await appendLog(db, hold, 1, "boo")).toBe("lost");
    expect(await recordCommands(db, hold, [["ffmpeg"]])).toBe("lost");
    expect(await finishRun(db, hold, allSucceeded(zombie))).toBe("lost");
    expect(await releaseRun(db, hold)).toBe("lost");
  }
  expect(await everythingOf(taskId)).toEqual(before);
  expect(await finishRun(db, heir, allSucceeded(heir))).toBe("finished");
});

test("a run whose worker died goes on in the next attempt, until the third is lost too", async () => {
  const { db } = database;
  const taskId = await newTask([SPRITE, SPRITE]);
  const done = await claimAdmitted(db, taskId);
  await finishRun(db, done, allSucceeded(done));
  for (const attempt of [1, 2, 3]) {
    const run = await claimAdmitted(db, taskId);
    expect(run.attempt).toBe(attempt);
    await expireLease(db, run.runId);
    await sweep();
  }
  expect(await subtasksOf(db, taskId)).toMatchObject([
    { state: "succeeded" },
    { state: "failed", errorCode: "WORKER_LOST" },
  ]);
  expect((await runsOf(db, taskId)).map(({ state }) => state).sort()).toEqual(["lost", "lost", "lost", "succeeded"]);
  expect((await eventsOf(db, taskId)).slice(-2)).toEqual(["subtask.failed", "task.finished"]);
  expect(await sweep()).toEqual({ lost: 0, requeued: 0, admitted: 0 });
});

test("subtasks that shared a lost run go on alone, in their next attempt", async () => {
  const { db } = database;
  const steps = [SPRITE, SPRITE];
  const taskId = await addTask(db, { mediaId: await addFilm(db), steps, pipelineId: await addPipeline(db, 2) });
  const run = await claimAdmitted(db, taskId);
  await expireLease(db, run.runId);
  expect(await sweep()).toMatchObject({ lost: 1 });
  const again = [await claimAdmitted(db, taskId), await claimAdmitted(db, taskId)];
  expect(again.map(({ attempt, subtasks }) => [attempt, subtasks.map(({ number }) => number)])).toEqual([
    [2, [1]],
    [2, [2]],
  ]);
});

test("what a lost run may have published is removed", async () => {
  const { db } = database;
  const run = await claimAdmitted(db, await newTask());
  await expireLease(db, run.runId);
  await sweep();
  const jobs = await db.$queryRaw<{ payload: unknown }[]>`
    SELECT payload FROM graphile_worker._private_jobs WHERE payload->>'prefix' LIKE ${`%${run.runId}`}`;
  expect(jobs).toEqual([{ payload: { prefix: `a1/tasks/${run.taskId}/${run.runId}` } }]);
});

test("many workers sweeping at once lose a run once", async () => {
  const { db } = database;
  const taskId = await newTask();
  const run = await claimAdmitted(db, taskId);
  await expireLease(db, run.runId);
  const swept = await Promise.all(Array.from({ length: 8 }, sweep));
  expect(swept.map(({ lost }) => lost).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
  expect(await runsOf(db, taskId)).toHaveLength(2);
});

test("a lease that is renewed in time is kept, also one that had run out before anybody noticed", async () => {
  const { db } = database;
  const run = await claimAdmitted(db, await newTask());
  await expireLease(db, run.runId);
  expect(await renewLease(db, run)).toBe("held");
  expect(await sweep()).toMatchObject({ lost: 0 });
  expect(await finishRun(db, run, allSucceeded(run))).toBe("finished");
});

test("after the database has been down, every worker has the time of a lease to renew before runs count as lost", async () => {
  const { db } = database;
  const run = await claimAdmitted(db, await newTask());
  await expireLease(db, run.runId);
  expect(await sweepRuns(db, 3600)).toMatchObject({ lost: 0 });
  expect(await renewLease(db, run)).toBe("held");
});

test("a run that was to be cancelled when its worker died is cancelled", async () => {
  const { db } = database;
  const taskId = await newTask();
  const run = await claimAdmitted(db, taskId);
  await cancelTask(db, 1, taskId);
  await expireLease(db, run.runId);
  await sweep();
  expect(await runsOf(db, taskId)).toMatchObject([{ state: "cancelled" }]);
  expect(await eventsOf(db, taskId)).toEqual(["subtask.processing", "subtask.cancelled", "task.finished"]);
});

test.each([
  [
    "its job has vanished",
    (key: string) => database.db.$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE key = ${key}`,
  ],
  [
    "its job is held by a worker that never claimed it",
    (key: string) => database.db.$executeRaw`
      UPDATE graphile_worker._private_jobs SET locked_by = 'dead', locked_at = now() - interval '16 s' WHERE key = ${key}`,
  ],
  [
    "its job has failed for good",
    (key: string) =>
      database.db.$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = ${key}`,
  ],
  [
    "its job has failed so often that the queue would wait for hours",
    (key: string) =>
      database.db.$executeRaw`
      UPDATE graphile_worker._private_jobs SET attempts = 9, run_at = now() + interval '2 h' WHERE key = ${key}`,
  ],
])("an admitted run is enqueued again when %s", async (_, breakJob) => {
  const { db } = database;
  const [run] = await runsOf(db, await newTask());
  const key = run?.id ?? "";
  await breakJob(key);
  expect(await sweep()).toMatchObject({ requeued: 0 });
  await db.$executeRaw`UPDATE "Run" SET "admittedAt" = now() - interval '16 s' WHERE "id" = ${key}`;
  expect(await sweep()).toMatchObject({ requeued: 1 });
  expect(await sweep()).toMatchObject({ requeued: 0 });
  const jobs =
    await db.$queryRaw`SELECT is_available, payload FROM graphile_worker._private_jobs WHERE payload->>'runId' = ${key}`;
  expect(jobs).toEqual([{ is_available: true, payload: { runId: key } }]);
  expect(await claimRun(db, key, "worker")).not.toBeNull();
});

test("an admitted run whose job waits for a free worker is left alone", async () => {
  const { db } = database;
  const [run] = await runsOf(db, await newTask());
  await db.$executeRaw`UPDATE "Run" SET "admittedAt" = now() - interval '1 h' WHERE "id" = ${run?.id}`;
  expect(await sweep()).toMatchObject({ requeued: 0 });
});

test("runs that wait beside a free place are admitted", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 0);
  const taskId = await addTask(db, { pipelineId, steps: [SPRITE, SPRITE, SPRITE] });
  await db.pipeline.update({ where: { id: pipelineId }, data: { capacity: 2 } });
  expect(await sweep()).toMatchObject({ admitted: 2 });
  expect((await runsOf(db, taskId)).map(({ state }) => state)).toEqual(["admitted", "admitted", "queued"]);
});
