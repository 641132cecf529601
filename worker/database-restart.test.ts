import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Db } from "#server/db/client.ts";
import { migrate } from "#server/db/migrate.ts";
import type { Env } from "#server/env.ts";
import { makePostgresServer, type PostgresServer } from "../bin/setup/postgres-server.ts";
import { isRunning, makeClip, makeTestFolder, type TestFolder } from "./run/test-clips.ts";
import {
  addMediaFile,
  addTask,
  COVER,
  endOf,
  eventsOf,
  makeRealTimePath,
  progressOf,
  TRANSCODE,
  testEnv,
  WorkerProcess,
} from "./test-worker.ts";

let folder: TestFolder;
let server: PostgresServer;
let db: Db;
let env: Env;
let worker: WorkerProcess;
let mediaId: string;

beforeAll(async () => {
  folder = await makeTestFolder();
  server = await makePostgresServer(folder.path);
  await server.start();
  env = testEnv(server.url, join(folder.path, "data"));
  await migrate(env.DATABASE_URL);
  db = connect(env.DATABASE_URL);
  mediaId = await addMediaFile(db, env, await makeClip(join(folder.path, "clip"), { seconds: 8, size: "64x64" }));
  worker = new WorkerProcess(env, await makeRealTimePath(folder.path));
});
afterAll(async () => {
  await worker.kill("SIGKILL");
  await db.$disconnect();
  await server.stop();
  await folder.remove();
});

const ONCE_EACH = ["subtask.processing", "subtask.succeeded", "task.finished"];

async function expectFirstAttempt(taskId: string): Promise<void> {
  const task = await endOf(db, taskId);
  expect(task.runs.map((run) => [run.attempt, run.state])).toEqual([[1, "succeeded"]]);
  expect(await eventsOf(db, taskId)).toEqual(ONCE_EACH);
}

test("a database restarted in the middle of a run costs nothing: the first attempt succeeds", async () => {
  const taskId = await addTask(db, mediaId, TRANSCODE);
  const ffmpeg = await worker.encoder();
  await progressOf(db, taskId);
  await server.stop();
  await server.start();
  expect(await isRunning(ffmpeg)).toBe(true);
  await expectFirstAttempt(taskId);
});

test("a run that ends while the database is away tells its outcome when it is back, and further work is taken up", async () => {
  const taskId = await addTask(db, mediaId, TRANSCODE);
  const ffmpeg = await worker.encoder();
  await progressOf(db, taskId);
  await server.stop();
  await expect.poll(() => isRunning(ffmpeg), { timeout: 40_000 }).toBe(false);
  await server.start();
  await expectFirstAttempt(taskId);
  expect(worker.child.exitCode).toBeNull();
  await expectFirstAttempt(await addTask(db, mediaId, COVER));
});
