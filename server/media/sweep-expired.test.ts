import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { cancelTask } from "../tasks/cancel-task.ts";
import { addFilm, addPipeline, addTask, SPRITE } from "../tasks/test-tasks.ts";
import { modifyMedia } from "./modify-media.ts";
import { sweepExpired } from "./sweep-expired.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const END = new Date("2027-01-01T00:00:00Z");
const isThere = async (id: string) => (await database.db.media.count({ where: { id, deletedAt: null } })) === 1;

async function expiring(): Promise<string> {
  const id = await addFilm(database.db);
  expect((await modifyMedia(database.db, 1, id, { expiresAt: END })).ok).toBe(true);
  return id;
}

test("a media is deleted when its time has come, and not before", async () => {
  const { db } = database;
  const [goes, stays] = [await expiring(), await addFilm(db)];
  expect(await sweepExpired(db, new Date(END.getTime() - 1))).toBe(0);
  expect(await sweepExpired(db, END)).toBe(1);
  expect([await isThere(goes), await isThere(stays)]).toEqual([false, true]);
  expect(await db.event.count({ where: { mediaId: goes, type: "media.deleted" } })).toBe(1);
  expect(await sweepExpired(db, END)).toBe(0);
});

test("one with a task on it goes when that has ended", async () => {
  const { db } = database;
  const mediaId = await expiring();
  const pipelineId = await addPipeline(db, 0);
  const taskId = await addTask(db, { mediaId, pipelineId, steps: [SPRITE] });
  expect(await sweepExpired(db, END)).toBe(0);
  expect(await isThere(mediaId)).toBe(true);
  await cancelTask(db, 1, taskId);
  expect(await sweepExpired(db, END)).toBe(1);
});
