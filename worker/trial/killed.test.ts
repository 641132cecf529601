import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { template } from "#domain/template.ts";
import { stretch } from "#domain/trial/trial.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { createTrial } from "#server/trials/create-trial.ts";
import { readTrial } from "#server/trials/read-trial.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../run/test-clips.ts";
import { addMediaFile, makeRealTimePath, testEnv, WorkerProcess } from "../test-worker.ts";

let database: TestDatabase;
let folder: TestFolder;
let env: Env;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
});
afterAll(async () => {
  await database.drop();
  await folder.remove();
});

test("a worker killed in the middle of a trial: another one makes it", async () => {
  const { db } = database;
  const clip = await makeClip(join(folder.path, "clip"), { seconds: 8 });
  const mediaId = await addMediaFile(db, env, clip);
  const realTime = await makeRealTimePath(folder.path);
  const first = new WorkerProcess(env, realTime);
  const whose = { applicationId: 1, createdById: "u" };
  const created = await createTrial(db, {
    ...{ ...whose, mediaId, rung: 0 },
    ...{ template: template.parse({ kind: "transcode", params: {} }), stretch: stretch.parse({ durationSeconds: 8 }) },
  });
  if (!created.ok) throw new Error(created.failure.code);
  const id = created.value.trialId;
  await first.encoder();
  await first.kill("SIGKILL");
  const second = new WorkerProcess(env, process.env.PATH ?? "");
  try {
    const stateOf = async () => {
      // As the page does that waits for it.
      const trial = await readTrial(db, { ...whose, id });
      return trial.ok ? trial.value.state : trial.failure.code;
    };
    await expect.poll(stateOf, { timeout: 60_000, interval: 500 }).toBe("succeeded");
  } finally {
    await second.kill("SIGTERM");
  }
}, 90_000);
