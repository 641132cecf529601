import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createTask } from "../../tasks/create-task.ts";
import { createCaller } from "../router.ts";
import { addMedia, addUser } from "../test-rows.ts";
import { testServices } from "../test-services.ts";

let database: TestDatabase;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  database = await createTestDatabase();
  const me = await addUser(database.db, "admin");
  caller = createCaller({ ...testServices(database, "/nowhere"), me });
});
afterAll(() => database.drop());

test("a paused pipeline lets nothing through; going on, or more room, lets waiting runs through at once", async () => {
  const { db } = database;
  const [pipeline] = await caller.pipelines.list();
  const id = pipeline?.id ?? 0;
  await caller.pipelines.update({ id, paused: true, capacity: 1 });
  const mediaId = await addMedia(db);
  for (let count = 0; count < 3; count += 1) {
    const created = await createTask(db, { applicationId: 1, mediaId, procedureName: "QuickRemux", startedBy: "api" });
    expect(created.ok).toBe(true);
  }
  const state = async () => (await caller.pipelines.list())[0];
  expect(await state()).toMatchObject({ paused: true, capacity: 1, queuedCount: 6, inProgressCount: 0 });
  await caller.pipelines.update({ id, paused: false });
  expect(await state()).toMatchObject({ paused: false, queuedCount: 5, inProgressCount: 1 });
  await caller.pipelines.update({ id, capacity: 4 });
  expect(await state()).toMatchObject({ capacity: 4, queuedCount: 2, inProgressCount: 4 });
  await caller.pipelines.update({ id, capacity: 2 });
  expect(await state()).toMatchObject({ capacity: 2, queuedCount: 2, inProgressCount: 4 });
});
