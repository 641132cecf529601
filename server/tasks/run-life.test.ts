import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import type { ErrorCode } from "../domain/error.ts";
import { appendLog, LOG_BYTES_MAX } from "./append-log.ts";
import { type ClaimedRun, claimRun } from "./claim-run.ts";
import { finishRun } from "./finish-run.ts";
import { recordCommands } from "./record-commands.ts";
import { releaseRun } from "./release-run.ts";
import { renewLease } from "./renew-lease.ts";
import { reportProgress } from "./report-progress.ts";
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
} from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A task alone in a pipeline of its own. */
async function newTask(steps = [SPRITE], capacity = steps.length): Promise<string> {
  return addTask(database.db, { steps, pipelineId: await addPipeline(database.db, capacity) });
}

const failed = (id: string, code: ErrorCode) => ({
  id,
  state: "failed" as const,
  failure: { code, detail: "because" },
});

test("a claimed run carries all a worker needs, and its subtasks are processing", async () => {
  const { db } = database;
  const taskId = await newTask();
  const run = await claimAdmitted(db, taskId, "worker-1");
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId }, include: { media: true } });
  expect(run).toMatchObject({
    taskId,
    applicationId: 1,
    attempt: 1,
    mediaId: task.mediaId,
    sourceKey: task.media.storageKey,
    mediaInfo: { durationSeconds: 25 },
    outputDir: null,
    subtasks: [{ number: 1, operation: { kind: "sprite" } }],
  });
  expect(task).toMatchObject({ state: "processing", processingCount: 1 });
  expect(task.startedAt).not.toBeNull();
  expect(await runsOf(db, taskId)).toMatchObject([{ state: "running", workerId: "worker-1" }]);
  expect(await eventsOf(db, taskId)).toEqual(["subtask.processing"]);
});

test("of many workers that claim one run at the same moment exactly one gets it", async () => {
  const { db } = database;
  const [run] = await runsOf(db, await newTask());
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, index) => claimRun(db, run?.id ?? "", `worker-${index}`)),
  );
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
});

test("a run that is not admitted, or does not exist, cannot be claimed", async () => {
  const { db } = database;
  const [queued] = await runsOf(db, await newTask([SPRITE], 0));
  expect(await claimRun(db, queued?.id ?? "", "worker")).toBeNull();
  expect(await claimRun(db, "nothing", "worker")).toBeNull();
});

test("a run whose parameters this release cannot read has failed when claimed, and leaves its place to the next", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 1);
  const taskId = await addTask(db, { pipelineId });
  const next = await addTask(db, { pipelineId });
  await db.subtask.updateMany({
    where: { taskId },
    data: { operation: { kind: "sprite", params: { columns: "many" } } },
  });
  const [run] = await runsOf(db, taskId);
  expect(await claimRun(db, run?.id ?? "", "worker")).toBeNull();
  expect(await subtasksOf(db, taskId)).toMatchObject([{ state: "failed", errorCode: "INTERNAL" }]);
  expect((await eventsOf(db, taskId)).at(-1)).toBe("task.finished");
  expect(await runsOf(db, next)).toMatchObject([{ state: "admitted" }]);
});

test("a finished run leaves its outputs, states, events, and the task's end told once", async () => {
  const { db } = database;
  const taskId = await newTask([SPRITE, COVER]);
  const first = await claimAdmitted(db, taskId);
  const second = await claimAdmitted(db, taskId);
  expect(await finishRun(db, first, allSucceeded(first))).toBe("finished");
  expect((await db.task.findUniqueOrThrow({ where: { id: taskId } })).state).toBe("processing");
  const [cover] = second.subtasks;
  const output = anOutput(second, 2, "cover.jpg");
  const parts = [{ name: "part.ts", sizeBytes: 4 }];
  await finishRun(db, second, {
    subtasks: [{ id: cover?.id ?? "", state: "succeeded", outputs: [{ ...output, parts }], setsCover: true }],
  });
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId }, include: { media: true } });
  expect(task).toMatchObject({ state: "succeeded", succeededCount: 2, media: { coverKey: output.storageKey } });
  expect(task.endedAt).not.toBeNull();
  expect(await runsOf(db, taskId)).toMatchObject([{ state: "succeeded" }, { state: "succeeded" }]);
  expect(await subtasksOf(db, taskId)).toMatchObject([
    { state: "succeeded", progressPercent: 100 },
    { state: "succeeded", progressPercent: 100 },
  ]);
  expect(await db.output.findMany({ where: { runId: second.runId } })).toMatchObject([
    { number: 1, role: "sheet", name: "cover.jpg", sizeBytes: 10n, facts: { tileCount: 3 }, parts },
  ]);
  expect(await eventsOf(db, taskId)).toEqual([
    "subtask.processing",
    "subtask.processing",
    "subtask.succeeded",
    "subtask.succeeded",
    "task.finished",
  ]);
  expect(await finishRun(db, second, allSucceeded(second))).toBe("lost");
});

test("when the last runs of a task finish at the same moment, one of them ends the task", async () => {
  const { db } = database;
  const taskId = await newTask(Array.from({ length: 8 }, () => SPRITE));
  const runs = [];
  for (let index = 0; index < 8; index++) runs.push(await claimAdmitted(db, taskId));
  await Promise.all(runs.map((run) => finishRun(db, run, allSucceeded(run))));
  const events = await eventsOf(db, taskId);
  expect(events.filter((type) => type === "subtask.succeeded")).toHaveLength(8);
  expect(events.filter((type) => type === "task.finished")).toHaveLength(1);
  expect(events.at(-1)).toBe("task.finished");
});

test("a failure that another attempt can help is tried three times in all, each time at once", async () => {
  const { db } = database;
  const taskId = await newTask();
  for (const attempt of [1, 2, 3]) {
    const run = await claimAdmitted(db, taskId);
    expect(run.attempt).toBe(attempt);
    await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => failed(id, "ENCODER_FAILED")) });
  }
  expect(await runsOf(db, taskId)).toMatchObject([
    { state: "failed", attempt: 1, errorCode: "ENCODER_FAILED" },
    { state: "failed", attempt: 2 },
    { state: "failed", attempt: 3 },
  ]);
  expect(await subtasksOf(db, taskId)).toMatchObject([
    { state: "failed", errorCode: "ENCODER_FAILED", errorDetail: "because" },
  ]);
  const tried = ["subtask.processing", "subtask.waiting"];
  expect(await eventsOf(db, taskId)).toEqual([
    ...tried,
    ...tried,
    "subtask.processing",
    "subtask.failed",
    "task.finished",
  ]);
});

test("a failure that no attempt can help fails at once", async () => {
  const { db } = database;
  const taskId = await newTask();
  const run = await claimAdmitted(db, taskId);
  await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => failed(id, "NO_VIDEO_STREAM")) });
  expect(await runsOf(db, taskId)).toMatchObject([{ state: "failed", attempt: 1 }]);
  expect(await subtasksOf(db, taskId)).toMatchObject([{ state: "failed", errorCode: "NO_VIDEO_STREAM" }]);
});

test("whatever a process said last can be stored as the reason of a failure", async () => {
  const { db } = database;
  const taskId = await newTask();
  const run = await claimAdmitted(db, taskId);
  const failure = { code: "NOT_MEDIA", detail: `nul \0, half \ud83d, long ${"x".repeat(5000)}` } as const;
  await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => ({ id, state: "failed", failure })) });
  const [subtask] = await subtasksOf(db, taskId);
  expect(subtask?.errorDetail).toMatch(/^nul , half \ufffd, long x+$/);
  expect(await runsOf(db, taskId)).toMatchObject([{ errorDetail: subtask?.errorDetail }]);
});

/** A task whose subtasks share a run, claimed. */
async function claimShared(count: number): Promise<ClaimedRun> {
  const { db } = database;
  const steps = Array.from({ length: count }, () => SPRITE);
  const taskId = await addTask(db, { mediaId: await addFilm(db), steps, pipelineId: await addPipeline(db, count) });
  const run = await claimAdmitted(db, taskId);
  expect(run.subtasks).toHaveLength(count);
  return run;
}

const numbersOf = ({ subtasks }: ClaimedRun) => subtasks.map(({ number }) => number);

test("of a run with several subtasks only what has failed is tried again, each alone", async () => {
  const { db } = database;
  const run = await claimShared(4);
  const { taskId } = run;
  const [done] = allSucceeded(run).subtasks;
  const [, second, third, fourth] = run.subtasks.map(({ id }) => id);
  await finishRun(db, run, {
    subtasks: [
      ...(done ? [done] : []),
      failed(second ?? "", "ENCODER_STALLED"),
      failed(third ?? "", "NO_AUDIO_STREAM"),
      failed(fourth ?? "", "ENCODER_STALLED"),
    ],
  });
  expect((await subtasksOf(db, taskId)).map(({ state }) => state)).toEqual([
    "succeeded",
    "waiting",
    "failed",
    "waiting",
  ]);
  const again = [await claimAdmitted(db, taskId), await claimAdmitted(db, taskId)];
  expect(again.map((one) => [one.attempt, numbersOf(one)])).toEqual([
    [2, [2]],
    [2, [4]],
  ]);
  for (const one of again) await finishRun(db, one, allSucceeded(one));
  expect((await db.task.findUniqueOrThrow({ where: { id: taskId } })).state).toBe("failed");
  expect((await eventsOf(db, taskId)).filter((type) => type === "task.finished")).toHaveLength(1);
});

test("what failed together goes on alone, and that attempt does not count: one of them fails in its own third", async () => {
  const { db } = database;
  const run = await claimShared(2);
  const { taskId } = run;
  const failure = { code: "ENCODER_FAILED", detail: "because of one" } as const;
  await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => ({ id, state: "alone", failure })) });
  const [good, bad] = [await claimAdmitted(db, taskId), await claimAdmitted(db, taskId)];
  expect([good, bad].map((one) => [one.attempt, numbersOf(one)])).toEqual([
    [1, [1]],
    [1, [2]],
  ]);
  await finishRun(db, good, allSucceeded(good));
  await finishRun(db, bad, { subtasks: bad.subtasks.map(({ id }) => failed(id, "ENCODER_FAILED")) });
  for (const attempt of [2, 3]) {
    const again = await claimAdmitted(db, taskId);
    expect(again.attempt).toBe(attempt);
    await finishRun(db, again, { subtasks: again.subtasks.map(({ id }) => failed(id, "ENCODER_FAILED")) });
  }
  expect(await subtasksOf(db, taskId)).toMatchObject([
    { state: "succeeded", errorCode: null },
    { state: "failed", errorCode: "ENCODER_FAILED", errorDetail: "because" },
  ]);
  expect((await runsOf(db, taskId)).map(({ state, attempt }) => `${attempt} ${state}`).sort()).toEqual(
    ["1 failed", "1 failed", "1 succeeded", "2 failed", "3 failed"].sort(),
  );
  const ends = (await eventsOf(db, taskId)).filter((type) => /succeeded|failed|finished/.test(type));
  expect(ends).toEqual(["subtask.succeeded", "subtask.failed", "task.finished"]);
});

test("what failed together after a cancel was asked for is cancelled", async () => {
  const { db } = database;
  const run = await claimShared(2);
  await db.run.update({ where: { id: run.runId }, data: { cancelRequestedAt: new Date() } });
  const failure = { code: "ENCODER_FAILED", detail: "" } as const;
  await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => ({ id, state: "alone", failure })) });
  expect(await subtasksOf(db, run.taskId)).toMatchObject([{ state: "cancelled" }, { state: "cancelled" }]);
  expect(await runsOf(db, run.taskId)).toHaveLength(1);
});

test("a released run of several subtasks goes on as one", async () => {
  const { db } = database;
  const run = await claimShared(3);
  await releaseRun(db, run);
  const again = await claimAdmitted(db, run.taskId);
  expect([again.attempt, numbersOf(again)]).toEqual([1, [1, 2, 3]]);
});

test("a released run goes on at once in another, and the attempt does not count", async () => {
  const { db } = database;
  const taskId = await newTask();
  for (let turn = 0; turn < 5; turn++) {
    const run = await claimAdmitted(db, taskId);
    expect(run.attempt).toBe(1);
    expect(await releaseRun(db, run)).toBe("released");
    expect(await releaseRun(db, run)).toBe("lost");
  }
  const states = (await runsOf(db, taskId)).map(({ state }) => state).sort();
  expect(states).toEqual(["admitted", "lost", "lost", "lost", "lost", "lost"]);
});

test("progress is stored and shown while the run is held, and speaks of its own subtasks only", async () => {
  const { db } = database;
  const run = await claimAdmitted(db, await newTask());
  const [other] = await subtasksOf(db, await newTask());
  const [mine] = run.subtasks;
  const subtasks = [
    { id: mine?.id ?? "", percent: 41.26 },
    { id: other?.id ?? "", percent: 99 },
  ];
  expect(await reportProgress(db, run, { subtasks, speed: 2.5, remainingSeconds: 12 })).toBe("held");
  expect(await runsOf(db, run.taskId)).toMatchObject([{ speed: 2.5, remainingSeconds: 12 }]);
  expect(await subtasksOf(db, run.taskId)).toMatchObject([{ progressPercent: 41.3, state: "processing" }]);
  expect(await db.subtask.findUnique({ where: { id: other?.id } })).toMatchObject({ progressPercent: 0 });
});

test("the commands are kept exactly as started", async () => {
  const { db } = database;
  const run = await claimAdmitted(db, await newTask());
  const commands = [["ffmpeg", "-i", "in put.mp4", 'a"b\\c', "名"], ["ffmpeg"]];
  expect(await recordCommands(db, run, commands)).toBe("held");
  expect(await runsOf(db, run.taskId)).toMatchObject([{ commands }]);
});

test("a log keeps its newest 256 KiB, in order, cut between characters", async () => {
  const { db } = database;
  const run = await claimAdmitted(db, await newTask());
  const chunks = async () => db.runLogChunk.findMany({ where: { runId: run.runId }, orderBy: { number: "asc" } });
  for (const number of [1, 2, 3, 4, 5]) await appendLog(db, run, number, `${number}`.repeat(60 * 1024));
  expect((await chunks()).map((chunk) => [chunk.number, chunk.text[0]])).toEqual([
    [2, "2"],
    [3, "3"],
    [4, "4"],
    [5, "5"],
  ]);
  await appendLog(db, run, 5, "said twice");
  await appendLog(db, run, 6, `${"字".repeat(100_000)}\0end`);
  const [last, ...others] = await chunks();
  expect(others).toEqual([]);
  expect(last?.text.endsWith("字end")).toBe(true);
  expect(last?.text.includes("\ufffd")).toBe(false);
  expect(Buffer.byteLength(last?.text ?? "")).toBeLessThanOrEqual(LOG_BYTES_MAX);
});

test("a worker is told that its run is to be cancelled, as long as it holds it", async () => {
  const { db } = database;
  const run = await claimAdmitted(db, await newTask());
  expect(await renewLease(db, run)).toBe("held");
  await db.run.update({ where: { id: run.runId }, data: { cancelRequestedAt: new Date() } });
  expect(await renewLease(db, run)).toBe("cancel");
  await finishRun(db, run, { subtasks: run.subtasks.map(({ id }) => ({ id, state: "cancelled" })) });
  expect(await renewLease(db, run)).toBe("lost");
  expect(await runsOf(db, run.taskId)).toMatchObject([{ state: "cancelled" }]);
  expect(await eventsOf(db, run.taskId)).toEqual(["subtask.processing", "subtask.cancelled", "task.finished"]);
});

test("after a cancel was asked for, no failure and no release makes another attempt", async () => {
  const { db } = database;
  const failing = await claimAdmitted(db, await newTask());
  const released = await claimAdmitted(db, await newTask());
  const id = { in: [failing.runId, released.runId] };
  await db.run.updateMany({ where: { id }, data: { cancelRequestedAt: new Date() } });
  await finishRun(db, failing, { subtasks: failing.subtasks.map((one) => failed(one.id, "ENCODER_FAILED")) });
  await releaseRun(db, released);
  for (const { taskId } of [failing, released]) {
    expect(await runsOf(db, taskId)).toHaveLength(1);
    expect((await db.task.findUniqueOrThrow({ where: { id: taskId } })).state).toBe("cancelled");
  }
});
