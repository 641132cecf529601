import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { complexity } from "#domain/estimate/complexity.ts";
import { estimate } from "#domain/estimate/estimate.ts";
import { step } from "#domain/procedure.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { readExperience } from "#server/estimates/read-experience.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { type RunningWorker, startWorker } from "../main.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../run/test-clips.ts";
import { addMediaFile, addTask, endOf, SNAPSHOTS, TRANSCODE, testEnv } from "../test-worker.ts";

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let worker: RunningWorker;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  worker = await startWorker(env, pino({ level: process.env.WORKER_LOG ?? "silent" }));
});
afterAll(async () => {
  await worker.stop();
  await database.drop();
  await folder.remove();
});

async function addClip(name: string): Promise<string> {
  const clip = await makeClip(join(folder.path, name), { seconds: 4, size: "640x360" });
  return addMediaFile(database.db, env, clip);
}

test("what is expected of a run is kept with its subtasks, is near to what comes of it, and is learnt from", async () => {
  const { db } = database;
  const mediaId = await addClip("clip");
  await enqueue(db, "measureMedia", { mediaId });
  const lookedAt = async () => (await db.media.findUniqueOrThrow({ where: { id: mediaId } })).complexity;
  await expect.poll(lookedAt, { timeout: 30_000 }).not.toBeNull();
  expect(complexity.parse(await lookedAt()).large).toMatchObject({ widthPx: 640, heightPx: 360 });

  const task = await endOf(db, await addTask(db, mediaId, TRANSCODE, SNAPSHOTS));
  expect(task.state).toBe("succeeded");
  for (const { estimate: stored, outputs } of task.subtasks) {
    const { sizeBytes } = estimate.parse(stored);
    const real = outputs.reduce((sum, output) => sum + Number(output.sizeBytes), 0);
    expect(sizeBytes.expected / real).toBeGreaterThan(0.6);
    expect(sizeBytes.expected / real).toBeLessThan(1.7);
  }
  const [rendition, pictures] = task.subtasks.map((subtask) => estimate.parse(subtask.estimate));
  // They shared a run, and so its time.
  expect(pictures?.seconds).toEqual(rendition?.seconds);
  const { sizes, times } = await readExperience(db);
  expect(sizes["rate libx264 veryfast"]).toHaveLength(1);
  expect(sizes["pictures mjpeg"]).toHaveLength(1);
  expect(times).toEqual({ "libx264 veryfast": [expect.any(Number)] });
});

test("what fails is not learnt from", async () => {
  const { db } = database;
  const before = await readExperience(db);
  const silent = step.parse({ operation: "audio", template: 1120 });
  const clip = await makeClip(join(folder.path, "other"), { seconds: 1 });
  const mediaId = await addMediaFile(db, env, clip);
  const { info } = await db.media.findUniqueOrThrow({ where: { id: mediaId } });
  await db.media.update({ where: { id: mediaId }, data: { info: { ...(info as object), audio: [] } } });
  const task = await endOf(db, await addTask(db, mediaId, silent));
  expect(task.state).toBe("failed");
  expect(task.subtasks[0]?.estimate).toBeNull();
  expect(await readExperience(db)).toEqual(before);
});
