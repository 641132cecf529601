import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { inTransaction } from "../db/transaction.ts";
import { cancelTask } from "../tasks/cancel-task.ts";
import { finishRun } from "../tasks/finish-run.ts";
import {
  addFilm,
  addMedia,
  addTask,
  allSucceeded,
  COVER,
  claimAdmitted,
  SPRITE,
  UNKNOWN,
} from "../tasks/test-tasks.ts";
import { recordEvent, recordEvents } from "./record-event.ts";
import { addEndpoint } from "./test-endpoints.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** What is on its way to a receiver, in the order of the events: kind and type of event. */
async function toldTo(endpointId: string | null): Promise<string[]> {
  const deliveries = await database.db.delivery.findMany({
    where: { endpointId },
    orderBy: { id: "asc" },
    include: { notification: { include: { event: true } } },
  });
  return deliveries.map(({ kind, notification }) => `${kind} of ${notification.event.type}`);
}

async function finishAll(taskId: string): Promise<void> {
  const { db } = database;
  const run = await claimAdmitted(db, taskId);
  await finishRun(db, run, allSucceeded(run));
}

test("a finished task is told once to everybody who listens, with one job to put it together", async () => {
  const { db } = database;
  const one = await addEndpoint(db);
  const two = await addEndpoint(db, { kinds: ["task.changed"] });
  const deaf = await addEndpoint(db, { kinds: ["media.deleted"] });
  const off = await addEndpoint(db, { enabled: false });
  const taskId = await addTask(db);
  await finishAll(taskId);
  for (const { id } of [one, two]) expect(await toldTo(id)).toEqual(["task.changed of task.finished"]);
  for (const { id } of [deaf, off]) expect(await toldTo(id)).toEqual([]);
  const jobs = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE task_identifier = 'renderNotification'`;
  expect(jobs).toEqual([{ count: 1 }]);
  expect(await db.delivery.findMany({ select: { taskId: true, orderKey: true, nextAt: true } })).toEqual(
    Array(2).fill({ taskId, orderKey: taskId, nextAt: null }),
  );
});

test("nobody listens, nothing is written", async () => {
  const { db } = database;
  await finishAll(await addTask(db));
  expect(await db.notification.count()).toBe(0);
  expect(await db.event.count()).toBe(3);
});

test("by wish every end of a subtask is told, the last of them as the end of the task", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db);
  const steps = [SPRITE, SPRITE, UNKNOWN];
  await finishAll(await addTask(db, { steps, mediaId: await addFilm(db), notifyMode: "change" }));
  expect(await toldTo(id)).toEqual([
    "task.changed of subtask.failed",
    "task.changed of subtask.succeeded",
    "task.changed of task.finished",
  ]);
});

test("a task that wants nothing told, and one that was cancelled, are told to nobody", async () => {
  const { db } = database;
  const { id } = await addEndpoint(db);
  await finishAll(await addTask(db, { notifyMode: "none" }));
  const cancelled = await addTask(db, { notifyMode: "change", steps: [SPRITE, COVER] });
  await cancelTask(db, 1, cancelled);
  expect(await toldTo(id)).toEqual([]);
});

test("the API's receiver goes by mode and switches, others by their filters", async () => {
  const { db } = database;
  const api = await addEndpoint(db, { ofApi: true });
  const other = await addEndpoint(db, { kinds: ["media.uploaded", "media.deleted"] });
  const upload = () =>
    inTransaction(db, async (tx) => {
      const about = { applicationId: 1, mediaId: await addMedia(db) };
      await recordEvent(tx, { ...about, type: "media.created", data: { source: "upload" } });
      await recordEvent(tx, { ...about, type: "media.deleted", data: {} });
      await recordEvent(tx, { ...about, type: "pull.completed", data: { uploadId: "u" } });
    });
  await upload();
  expect(await toldTo(api.id)).toEqual(["pull.completed of pull.completed"]);
  expect(await toldTo(other.id)).toEqual(["media.uploaded of media.created", "media.deleted of media.deleted"]);

  await db.eventConfig.create({ data: { applicationId: 1, mode: "pull", tellsUploads: true } });
  await upload();
  expect(await toldTo(api.id)).toHaveLength(1);
  expect(await toldTo(null)).toEqual(["media.uploaded of media.created", "pull.completed of pull.completed"]);
  expect(await toldTo(other.id)).toHaveLength(4);

  await db.eventConfig.update({ where: { applicationId: 1 }, data: { mode: "push", tellsDeletions: true } });
  await upload();
  expect((await toldTo(api.id)).slice(1)).toEqual([
    "media.uploaded of media.created",
    "media.deleted of media.deleted",
    "pull.completed of pull.completed",
  ]);
  expect(await toldTo(null)).toHaveLength(2);
});

test("an address the API has cleared is told nothing; other applications hear nothing", async () => {
  const { db } = database;
  const { id: other } = await db.application.create({ data: { name: "Other" } });
  const cleared = await addEndpoint(db, { ofApi: true, url: "" });
  const elsewhere = await addEndpoint(db, { applicationId: other });
  await finishAll(await addTask(db));
  expect(await toldTo(cleared.id)).toEqual([]);
  expect(await toldTo(elsewhere.id)).toEqual([]);
});

test("an event that is undone is told to nobody", async () => {
  const { db } = database;
  await addEndpoint(db);
  const undone = inTransaction(db, async (tx) => {
    await recordEvents(tx, [{ applicationId: 1, type: "pull.completed", data: { uploadId: "u" } }]);
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  expect(await db.delivery.count()).toBe(0);
  expect(await db.$queryRaw`SELECT 1 FROM graphile_worker.jobs`).toEqual([]);
});
