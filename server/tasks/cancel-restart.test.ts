import { afterAll, beforeAll, expect, test } from "vitest";
import { Listening } from "../db/listen.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { CHANNELS } from "../domain/live.ts";
import { cancelTask } from "./cancel-task.ts";
import { finishRun } from "./finish-run.ts";
import { renewLease } from "./renew-lease.ts";
import { restartTask } from "./restart-task.ts";
import {
  addFilm,
  addPipeline,
  addTask,
  allSucceeded,
  anOutput,
  COVER,
  claimAdmitted,
  eventsOf,
  runsOf,
  SPRITE,
  subtasksOf,
  UNKNOWN,
} from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const stateOf = async (id: string) => (await database.db.task.findUniqueOrThrow({ where: { id } })).state;
const outputsOf = (taskId: string) =>
  database.db.output.findMany({ where: { subtask: { taskId } }, orderBy: { subtask: { number: "asc" } } });
const removedPrefixes = async (): Promise<unknown[]> => {
  const jobs = await database.db.$queryRaw<{ payload: { prefix: string } }[]>`
    SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = 'removeFiles' ORDER BY j.id`;
  return jobs.map((job) => job.payload.prefix);
};

test("cancelling ends what waits at once, gives its place to the next, and tells the worker of what runs", async () => {
  const { db, url } = database;
  const told: string[] = [];
  const connected = Promise.withResolvers<void>();
  const listening = new Listening(url, CHANNELS.cancel, {
    onPayload: (payload) => told.push(payload),
    onConnect: connected.resolve,
  });
  await connected.promise;
  const pipelineId = await addPipeline(db, 2);
  const taskId = await addTask(db, { pipelineId, steps: [SPRITE, SPRITE, SPRITE] });
  const next = await addTask(db, { pipelineId });
  const run = await claimAdmitted(db, taskId);
  expect((await cancelTask(db, 1, taskId)).ok).toBe(true);
  expect((await subtasksOf(db, taskId)).map(({ state }) => state)).toEqual(["processing", "cancelled", "cancelled"]);
  expect((await runsOf(db, taskId)).map(({ state }) => state)).toEqual(["running", "cancelled", "cancelled"]);
  expect(await runsOf(db, next)).toMatchObject([{ state: "admitted" }]);
  await expect.poll(() => told.map((payload) => JSON.parse(payload))).toEqual([{ runId: run.runId }]);
  expect(await renewLease(db, run)).toBe("cancel");
  expect((await cancelTask(db, 1, taskId)).ok).toBe(true);
  await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => ({ id, state: "cancelled" })) });
  expect(await stateOf(taskId)).toBe("cancelled");
  expect((await eventsOf(db, taskId)).filter((type) => type === "task.finished")).toHaveLength(1);
  expect(await cancelTask(db, 1, taskId)).toMatchObject({ failure: { code: "NOTHING_TO_CANCEL" } });
  await listening.stop();
});

test("a run that finishes although it was to be cancelled has succeeded", async () => {
  const { db } = database;
  const taskId = await addTask(db, { pipelineId: await addPipeline(db, 1) });
  const run = await claimAdmitted(db, taskId);
  await cancelTask(db, 1, taskId);
  await finishRun(db, run, allSucceeded(run));
  expect(await stateOf(taskId)).toBe("succeeded");
});

test("a task of another application cannot be cancelled or restarted, and answers as one that does not exist", async () => {
  const { db } = database;
  const taskId = await addTask(db);
  const failure = { code: "TASK_NOT_FOUND", detail: taskId };
  expect(await cancelTask(db, 2, taskId)).toEqual({ ok: false, failure });
  expect(await restartTask(db, 2, taskId, { all: true })).toEqual({ ok: false, failure });
  expect(await stateOf(taskId)).toBe("waiting");
});

test("restarting what failed leaves what succeeded alone, and the task ends again with another event", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 2);
  const taskId = await addTask(db, { pipelineId, steps: [SPRITE, COVER] });
  const good = await claimAdmitted(db, taskId);
  const bad = await claimAdmitted(db, taskId);
  await finishRun(db, good, allSucceeded(good));
  const failure = { code: "NO_VIDEO_STREAM", detail: "" } as const;
  await finishRun(db, bad, { subtasks: bad.subtasks.map(({ id }) => ({ id, state: "failed", failure })) });
  expect(await stateOf(taskId)).toBe("failed");
  const before = await subtasksOf(db, taskId);
  expect((await restartTask(db, 1, taskId, { failed: true })).ok).toBe(true);
  const [kept, again] = await subtasksOf(db, taskId);
  expect(kept).toEqual(before[0]);
  expect(again).toMatchObject({
    state: "waiting",
    errorCode: null,
    startedAt: null,
    endedAt: null,
    progressPercent: 0,
  });
  expect(await stateOf(taskId)).toBe("processing");
  const run = await claimAdmitted(db, taskId);
  expect(run.attempt).toBe(1);
  await finishRun(db, run, allSucceeded(run));
  expect(await stateOf(taskId)).toBe("succeeded");
  expect((await eventsOf(db, taskId)).filter((type) => type === "task.finished")).toHaveLength(2);
});

test("restarting what failed of a cancelled task takes up what was not finished", async () => {
  const { db } = database;
  const taskId = await addTask(db, { pipelineId: await addPipeline(db, 1), steps: [SPRITE, COVER, SPRITE] });
  const first = await claimAdmitted(db, taskId);
  await finishRun(db, first, allSucceeded(first));
  await cancelTask(db, 1, taskId);
  expect((await subtasksOf(db, taskId)).map(({ state }) => state)).toEqual(["succeeded", "cancelled", "cancelled"]);
  expect((await restartTask(db, 1, taskId, { failed: true })).ok).toBe(true);
  expect((await subtasksOf(db, taskId)).map(({ state }) => state)).toEqual(["succeeded", "waiting", "waiting"]);
});

test("the outputs of a restarted subtask stay until the new run publishes, then their rows go and their files are removed", async () => {
  const { db } = database;
  const taskId = await addTask(db, { pipelineId: await addPipeline(db, 1), steps: [SPRITE, SPRITE] });
  const first = await claimAdmitted(db, taskId);
  await finishRun(db, first, allSucceeded(first));
  const second = await claimAdmitted(db, taskId);
  await finishRun(db, second, allSucceeded(second));
  const [one] = await subtasksOf(db, taskId);
  await restartTask(db, 1, taskId, { subtaskIds: [one?.id ?? ""] });
  const runs = await db.output.findMany({ where: { subtask: { taskId } }, orderBy: { storageKey: "asc" } });
  expect(runs).toHaveLength(2);
  expect(await removedPrefixes()).toEqual([]);
  const again = await claimAdmitted(db, taskId);
  await finishRun(db, again, {
    subtasks: [{ id: one?.id ?? "", state: "succeeded", outputs: [anOutput(again, 1, "new.jpg")], setsCover: false }],
  });
  const outputs = await db.output.findMany({ where: { subtask: { taskId } }, orderBy: { subtask: { number: "asc" } } });
  expect(outputs.map(({ runId, name }) => [runId, name])).toEqual([
    [again.runId, "new.jpg"],
    [second.runId, "sheet-001.jpg"],
  ]);
  expect(await removedPrefixes()).toEqual([`a1/tasks/${taskId}/${first.runId}/1`]);
});

test("of a run of several subtasks one is restarted alone, and several share a run again", async () => {
  const { db } = database;
  const steps = [SPRITE, SPRITE, SPRITE];
  const taskId = await addTask(db, { mediaId: await addFilm(db), pipelineId: await addPipeline(db, 4), steps });
  const run = await claimAdmitted(db, taskId);
  await finishRun(db, run, allSucceeded(run));
  const before = await outputsOf(taskId);
  const [first, second, third] = await subtasksOf(db, taskId);
  const restart = async (...chosen: (typeof first)[]) => {
    await restartTask(db, 1, taskId, { subtaskIds: chosen.flatMap((one) => one?.id ?? []) });
    const again = await claimAdmitted(db, taskId);
    await finishRun(db, again, allSucceeded(again));
    return again.subtasks.map(({ number }) => number);
  };
  expect(await restart(second)).toEqual([2]);
  const after = await outputsOf(taskId);
  expect([after[0], after[2]]).toEqual([before[0], before[2]]);
  expect(after[1]).not.toEqual(before[1]);
  expect(await restart(first, third)).toEqual([1, 3]);
  expect(await runsOf(db, taskId)).toHaveLength(3);
});

test("what has not ended, or can never run, is not restarted; an unknown subtask is named", async () => {
  const { db } = database;
  const restart = (taskId: string, scope: Parameters<typeof restartTask>[3]) => restartTask(db, 1, taskId, scope);
  const waiting = await addTask(db);
  expect(await restart(waiting, { all: true })).toMatchObject({ failure: { code: "NOTHING_TO_RESTART" } });
  expect(await restart(waiting, { subtaskIds: ["nothing"] })).toMatchObject({ failure: { code: "SUBTASK_NOT_FOUND" } });
  const hopeless = await addTask(db, { steps: [UNKNOWN] });
  expect(await restart(hopeless, { failed: true })).toMatchObject({ failure: { code: "NOTHING_TO_RESTART" } });
});

test("a task whose media was deleted is not restarted", async () => {
  const { db } = database;
  const taskId = await addTask(db);
  await cancelTask(db, 1, taskId);
  const { mediaId } = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  await db.media.update({ where: { id: mediaId }, data: { deletedAt: new Date() } });
  expect(await restartTask(db, 1, taskId, { all: true })).toEqual({
    ok: false,
    failure: { code: "SOURCE_GONE", detail: mediaId },
  });
});
