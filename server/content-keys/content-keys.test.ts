import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { finishRun } from "../tasks/finish-run.ts";
import { restartTask } from "../tasks/restart-task.ts";
import { sweepRuns } from "../tasks/sweep-runs.ts";
import { addTask, anOutput, claimAdmitted, expireLease } from "../tasks/test-tasks.ts";
import { makeContentKey } from "./make-content-key.ts";
import { openContentKey } from "./open-content-key.ts";

const SECRET_KEY = "a secret key of the installation, long enough";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Carries out the admitted run of a task, as a worker would that encrypts its output. */
async function finishEncrypted(taskId: string) {
  const { db } = database;
  const run = await claimAdmitted(db, taskId);
  const key = makeContentKey(SECRET_KEY);
  const finish = () =>
    finishRun(db, run, {
      subtasks: run.subtasks.map(({ id, number }) => ({
        id,
        state: "succeeded",
        outputs: [{ ...anOutput(run, number, "stream.m3u8"), role: "playlist", contentKey: key.stored }],
        setsCover: false,
      })),
    });
  return { run, key, finish };
}

test("a key is stored with its output, opens under the SECRET_KEY it was sealed with, and belongs to one application", async () => {
  const { db } = database;
  const { key, finish } = await finishEncrypted(await addTask(db));
  const { id, sealed } = key.stored;
  expect(key.bytes).toHaveLength(16);
  expect(sealed.includes(key.bytes)).toBe(false);
  expect(await finish()).toBe("finished");

  expect(await openContentKey(db, SECRET_KEY, { id })).toEqual({ ok: true, value: key.bytes });
  expect(await openContentKey(db, SECRET_KEY, { id, applicationId: 1 })).toEqual({ ok: true, value: key.bytes });
  const unknown = { ok: false, failure: { code: "KEY_NOT_FOUND", detail: id } };
  expect(await openContentKey(db, SECRET_KEY, { id, applicationId: 2 })).toEqual(unknown);
  expect(await openContentKey(db, SECRET_KEY, { id: "0000000000000000" })).toMatchObject({
    failure: { code: "KEY_NOT_FOUND" },
  });
  expect(await openContentKey(db, `${SECRET_KEY}!`, { id })).toMatchObject({ failure: { code: "INTERNAL" } });
});

test("no two executions have the same key", () => {
  const keys = Array.from({ length: 50 }, () => makeContentKey(SECRET_KEY));
  expect(new Set(keys.map(({ bytes }) => bytes.toString("hex"))).size).toBe(50);
  expect(new Set(keys.map(({ stored }) => stored.id)).size).toBe(50);
});

test("a restarted subtask keeps its key until the new outputs bring theirs; a key goes with its output", async () => {
  const { db } = database;
  const taskId = await addTask(db);
  const first = await finishEncrypted(taskId);
  await first.finish();
  await restartTask(db, 1, taskId, { all: true });
  const second = await finishEncrypted(taskId);
  expect(await openContentKey(db, SECRET_KEY, first.key.stored)).toMatchObject({ ok: true });
  await second.finish();
  expect(await openContentKey(db, SECRET_KEY, first.key.stored)).toMatchObject({ failure: { code: "KEY_NOT_FOUND" } });
  expect(await openContentKey(db, SECRET_KEY, second.key.stored)).toEqual({ ok: true, value: second.key.bytes });

  await db.output.deleteMany({ where: { subtask: { taskId } } });
  expect(await openContentKey(db, SECRET_KEY, second.key.stored)).toMatchObject({ ok: false });
});

test("an attempt that failed or was lost leaves no key behind", async () => {
  const { db } = database;
  const taskId = await addTask(db);
  const lost = await finishEncrypted(taskId);
  await expireLease(db, lost.run.runId);
  await sweepRuns(db);
  expect(await lost.finish()).toBe("lost");

  const failing = await claimAdmitted(db, taskId);
  const failure = { code: "OUTPUT_MISSING", detail: "" } as const;
  await finishRun(db, failing, { subtasks: failing.subtasks.map(({ id }) => ({ id, state: "failed", failure })) });
  expect(await db.contentKey.count({ where: { output: { subtask: { taskId } } } })).toBe(0);
  expect(await openContentKey(db, SECRET_KEY, lost.key.stored)).toMatchObject({ failure: { code: "KEY_NOT_FOUND" } });
});
