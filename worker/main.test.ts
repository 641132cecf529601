import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { cancelTask } from "#server/tasks/cancel-task.ts";
import { isRunning, makeClip, makeTestFolder, type TestFolder } from "./run/test-clips.ts";
import {
  addMediaFile,
  addTask,
  endOf,
  eventsOf,
  makeRealTimePath,
  progressOf,
  readTask,
  scratchOf,
  storedFilesOf,
  TRANSCODE,
  testEnv,
  WorkerProcess,
} from "./test-worker.ts";

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let path: string;
let workers: WorkerProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  path = await makeRealTimePath(folder.path);
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill("SIGKILL")));
  await database.drop();
  await folder.remove();
});

function startWorker(): WorkerProcess {
  const worker = new WorkerProcess(env, path);
  workers.push(worker);
  return worker;
}

async function addClip(seconds: number): Promise<string> {
  const clip = await makeClip(join(folder.path, "clip"), { seconds, size: "64x64" });
  return addMediaFile(database.db, env, clip);
}

test("a worker says who it is, and which ffmpeg it works with", async () => {
  const worker = startWorker();
  const facts = { processId: worker.pid, concurrency: 2, ffmpegVersion: expect.stringMatching(/^\S+$/) };
  await expect.poll(() => database.db.worker.findMany(), { timeout: 20_000 }).toMatchObject([facts]);
});

const ONCE_EACH = ["subtask.processing", "subtask.waiting", "subtask.processing", "subtask.succeeded", "task.finished"];

test("a worker killed outright takes its ffmpeg with it; another begins the next attempt within 15 s and succeeds", async () => {
  const { db } = database;
  const first = startWorker();
  const taskId = await addTask(db, await addClip(6), TRANSCODE);
  const ffmpeg = await first.encoder();
  await progressOf(db, taskId);
  startWorker();
  await first.kill("SIGKILL");
  const killedAt = Date.now();
  await expect.poll(() => isRunning(ffmpeg), { timeout: 2_000 }).toBe(false);
  const startOfSecond = async () => (await readTask(db, taskId)).runs[1]?.startedAt ?? null;
  await expect.poll(startOfSecond, { timeout: 20_000 }).not.toBeNull();
  const startedAt = await startOfSecond();
  expect((startedAt?.getTime() ?? 0) - killedAt).toBeLessThan(15_000);

  const task = await endOf(db, taskId);
  expect(task.state).toBe("succeeded");
  expect(task.runs.map((run) => [run.attempt, run.state, run.errorCode])).toEqual([
    [1, "lost", "WORKER_LOST"],
    [2, "succeeded", null],
  ]);
  expect(await eventsOf(db, taskId)).toEqual(ONCE_EACH);
  expect(await storedFilesOf(env, taskId)).toEqual([join(task.runs[1]?.id ?? "", "1", "video.mp4")]);
});

test("a worker asked to stop gives its run back and is gone in a few seconds, and another starts it at once", async () => {
  const { db } = database;
  const first = startWorker();
  const taskId = await addTask(db, await addClip(6), TRANSCODE);
  const ffmpeg = await first.encoder();
  await progressOf(db, taskId);
  const askedAt = Date.now();
  await first.kill("SIGTERM");
  expect(first.child.exitCode).toBe(0);
  // Nobody counts on it any more, though its last beat is fresh.
  expect(await database.db.worker.count({ where: { stoppedAt: { not: null } } })).toBe(1);
  expect(Date.now() - askedAt).toBeLessThan(5_000);
  expect(await isRunning(ffmpeg)).toBe(false);
  expect(await scratchOf(env)).toEqual([]);
  expect(await storedFilesOf(env, taskId)).toEqual([]);

  startWorker();
  const task = await endOf(db, taskId);
  expect(task.state).toBe("succeeded");
  // The attempt does not count.
  expect(task.runs.map((run) => [run.attempt, run.state])).toEqual([
    [1, "lost"],
    [1, "succeeded"],
  ]);
  expect(await eventsOf(db, taskId)).toEqual(ONCE_EACH);
});

test("a cancelled transcode is gone within two seconds, its scratch as well, also when the notification was missed", async () => {
  const { db } = database;
  const worker = startWorker();
  const mediaId = await addClip(60);
  for (const notified of [true, false]) {
    const taskId = await addTask(db, mediaId, TRANSCODE);
    const ffmpeg = await worker.encoder();
    await progressOf(db, taskId);
    if (notified) await cancelTask(db, 1, taskId);
    else await db.run.updateMany({ where: { taskId }, data: { cancelRequestedAt: new Date() } });
    // Without a notification the next renewal of the lease tells.
    await expect.poll(() => isRunning(ffmpeg), { timeout: notified ? 2_000 : 5_000 }).toBe(false);
    const task = await endOf(db, taskId);
    expect(task.state).toBe("cancelled");
    expect(await scratchOf(env)).toEqual([]);
    expect(await storedFilesOf(env, taskId)).toEqual([]);
    const [run] = task.runs;
    expect(task.runs).toHaveLength(1);
    expect(run?.state).toBe("cancelled");
  }
});

test("a worker that was given up on while it slept writes nothing when it wakes", async () => {
  const { db } = database;
  const sleeper = startWorker();
  const taskId = await addTask(db, await addClip(6), TRANSCODE);
  const ffmpeg = await sleeper.encoder();
  await progressOf(db, taskId);
  process.kill(sleeper.pid, "SIGSTOP");
  // Its ffmpeg finishes; nobody is there to notice.
  startWorker();
  await expect.poll(async () => (await readTask(db, taskId)).runs[0]?.state, { timeout: 30_000 }).toBe("lost");
  await expect.poll(() => isRunning(ffmpeg), { timeout: 30_000 }).toBe(false);
  const task = await endOf(db, taskId);
  process.kill(sleeper.pid, "SIGCONT");
  await expect.poll(() => scratchOf(env), { timeout: 10_000 }).toEqual([]);
  expect(task.state).toBe("succeeded");
  expect(await eventsOf(db, taskId)).toEqual(ONCE_EACH);
  const [, second] = task.runs;
  await expect
    .poll(() => storedFilesOf(env, taskId), { timeout: 10_000 })
    .toEqual([join(second?.id ?? "", "1", "video.mp4")]);
});
