import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTasks } from "./create-tasks.ts";
import { addMedia, addPipeline, runsOf, SPRITE } from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function request(capacity = 1) {
  const pipelineId = await addPipeline(database.db, capacity);
  return { applicationId: 1, startedBy: "console" as const, steps: [SPRITE], pipelineId };
}

test("each media gets one task, also one that is named twice, and the pipeline lets through what it has room for", async () => {
  const { db } = database;
  const media = [await addMedia(db), await addMedia(db), await addMedia(db)];
  const created = await createTasks(db, await request(2), [...media, ...media]);
  if (!created.ok) throw new Error(created.failure.code);
  const { taskIds } = created.value;
  const tasks = await db.task.findMany({ where: { id: { in: taskIds } } });
  expect(taskIds.map((id) => tasks.find((task) => task.id === id)?.mediaId)).toEqual(media);
  const runs = (await Promise.all(taskIds.map((id) => runsOf(db, id)))).flat();
  expect(runs.map(({ state }) => state).sort()).toEqual(["admitted", "admitted", "queued"]);
});

test("none is made when one media is gone, or another application's, and both are told alike", async () => {
  const { db } = database;
  const { id: applicationId } = await db.application.create({ data: { name: "Other" } });
  const media = await addMedia(db);
  for (const absent of ["1000000000000000000", await addMedia(db, { applicationId })]) {
    const refused = await createTasks(db, await request(), [media, absent]);
    expect(refused).toEqual({ ok: false, failure: { code: "MEDIA_NOT_FOUND", detail: absent } });
  }
  expect(await db.task.count({ where: { mediaId: media } })).toBe(0);
});
