import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { inTransaction } from "../db/transaction.ts";
import { admitRuns } from "./admit-runs.ts";
import { cancelTask } from "./cancel-task.ts";
import { claimRun } from "./claim-run.ts";
import { createTask, createTaskInTx } from "./create-task.ts";
import { finishRun } from "./finish-run.ts";
import { addMedia, addPipeline, addTask, allSucceeded, claimAdmitted, runsOf, SPRITE } from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function statesIn(pipelineId: number): Promise<Record<string, number>> {
  const rows = await database.db.run.groupBy({ by: ["state"], where: { pipelineId }, _count: true });
  return Object.fromEntries(rows.map((row) => [row.state, row._count]));
}

test("higher priority goes first, then age, then the order of the request", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 1);
  const first = await addTask(db, { pipelineId });
  const low = await addTask(db, { pipelineId, priority: -1, steps: [SPRITE, SPRITE] });
  const high = await addTask(db, { pipelineId, priority: 5 });
  const later = await addTask(db, { pipelineId, priority: -1 });
  const order: string[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const admitted = await db.run.findMany({ where: { pipelineId, state: "admitted" } });
    expect(admitted).toHaveLength(1);
    const run = await claimAdmitted(db, admitted[0]?.taskId ?? "");
    order.push(`${run.taskId} ${run.subtasks.map(({ number }) => number)}`);
    await finishRun(db, run, allSucceeded(run));
  }
  expect(order).toEqual([`${first} 1`, `${high} 1`, `${low} 1`, `${low} 2`, `${later} 1`]);
});

test("another attempt does not queue at the end", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 1);
  const first = await addTask(db, { pipelineId });
  await addTask(db, { pipelineId });
  const run = await claimAdmitted(db, first);
  const failure = { code: "ENCODER_FAILED", detail: "" } as const;
  await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => ({ id, state: "failed", failure })) });
  expect(await runsOf(db, first)).toMatchObject([{ state: "failed" }, { state: "admitted", attempt: 2 }]);
});

test("a paused pipeline admits nothing, and all it may once it goes on", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 2);
  await db.pipeline.update({ where: { id: pipelineId }, data: { paused: true } });
  for (let index = 0; index < 3; index++) await addTask(db, { pipelineId });
  expect(await inTransaction(db, (tx) => admitRuns(tx, pipelineId))).toBe(0);
  expect(await statesIn(pipelineId)).toEqual({ queued: 3 });
  await inTransaction(db, async (tx) => {
    await tx.pipeline.update({ where: { id: pipelineId }, data: { paused: false } });
    expect(await admitRuns(tx, pipelineId)).toBe(2);
  });
  expect(await statesIn(pipelineId)).toEqual({ admitted: 2, queued: 1 });
});

test("a pipeline made narrower than what runs in it admits nothing until enough has ended", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 2);
  const [one, two] = [
    await addTask(db, { pipelineId }),
    await addTask(db, { pipelineId }),
    await addTask(db, { pipelineId }),
  ];
  await db.pipeline.update({ where: { id: pipelineId }, data: { capacity: 1 } });
  const first = await claimAdmitted(db, one);
  await finishRun(db, first, allSucceeded(first));
  expect(await statesIn(pipelineId)).toEqual({ succeeded: 1, admitted: 1, queued: 1 });
  const second = await claimAdmitted(db, two);
  await finishRun(db, second, allSucceeded(second));
  expect(await statesIn(pipelineId)).toEqual({ succeeded: 2, admitted: 1 });
});

test("pipelines that compete for workers go by their priority, and tasks of one pipeline by theirs", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 2);
  await db.pipeline.update({ where: { id: pipelineId }, data: { priority: 2 } });
  await addTask(db, { pipelineId, priority: -10 });
  await addTask(db, { pipelineId: await addPipeline(db, 1), priority: 10 });
  const jobs = await db.$queryRaw<{ pipelineId: number; priority: number }[]>`
    SELECT r."pipelineId", j.priority FROM graphile_worker._private_jobs j JOIN "Run" r ON r."id" = j.key
    WHERE r."priority" IN (-10, 10) ORDER BY j.priority`;
  expect(jobs[0]?.pipelineId).toBe(pipelineId);
});

const waitingForAdmission = async (): Promise<number> => {
  const [row] = await database.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks
    WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return row?.count ?? 0;
};

test("a task created while the last run is just ending is admitted, although neither sees the other", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 1);
  const { runId } = await claimAdmitted(db, await addTask(db, { pipelineId }));
  const { creating } = await inTransaction(db, async (tx) => {
    await tx.run.update({ where: { id: runId }, data: { state: "succeeded" } });
    expect(await admitRuns(tx, pipelineId)).toBe(0);
    const creating = addTask(db, { pipelineId });
    await expect.poll(waitingForAdmission).toBe(1);
    return { creating };
  });
  expect(await runsOf(db, await creating)).toMatchObject([{ state: "admitted" }]);
});

test("a run that ends while a task is just being created lets it in, although neither sees the other", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 1);
  const mediaId = await addMedia(db);
  const run = await claimAdmitted(db, await addTask(db, { pipelineId }));
  const { finishing } = await inTransaction(db, async (tx) => {
    await createTaskInTx(tx, { applicationId: 1, mediaId, pipelineId, steps: [SPRITE], startedBy: "api" });
    const finishing = finishRun(db, run, allSucceeded(run));
    await expect.poll(waitingForAdmission).toBe(1);
    return { finishing };
  });
  await finishing;
  expect(await db.run.findMany({ where: { task: { mediaId } } })).toMatchObject([{ state: "admitted" }]);
});

test("while many create, cancel and finish at once, capacity is never exceeded and no run is left behind", async () => {
  const { db } = database;
  const capacity = 3;
  const pipelineId = await addPipeline(db, capacity);
  const mediaId = await addMedia(db);
  const steps = [SPRITE, SPRITE];
  const tasksEach = 6;
  let created = 0;
  let most = 0;
  let done = false;

  const create = async () => {
    for (let index = 0; index < tasksEach; index++) {
      const task = await createTask(db, { applicationId: 1, mediaId, pipelineId, steps, startedBy: "api" });
      if (!task.ok) throw new Error(task.failure.code);
      created += 1;
      if (index % 3 === 2) await cancelTask(db, 1, task.value.taskId);
    }
  };
  const work = async () => {
    while (!done) {
      const admitted = await db.run.findFirst({ where: { pipelineId, state: "admitted" } });
      const run = admitted && (await claimRun(db, admitted.id, "worker"));
      if (run) await finishRun(db, run, allSucceeded(run));
    }
  };
  const watch = async () => {
    while (!done) {
      const { queued = 0, admitted = 0, running = 0 } = await statesIn(pipelineId);
      most = Math.max(most, admitted + running);
      done = created === 8 * tasksEach && queued + admitted + running === 0;
    }
  };
  await Promise.all([...Array.from({ length: 8 }, create), ...Array.from({ length: 8 }, work), watch()]);
  expect(most).toBe(capacity);
  expect(await db.event.count({ where: { type: "task.finished", mediaId } })).toBe(8 * tasksEach);
  expect(await db.task.count({ where: { mediaId, state: { in: ["waiting", "processing"] } } })).toBe(0);
});
