import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTask } from "./create-task.ts";
import { createTasks } from "./create-tasks.ts";
import { addMedia } from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const request = (outputDir: string) => ({
  ...{ applicationId: 1, startedBy: "api" as const, procedureName: "PreviewImages", outputDir },
});

async function folderOf(taskId: string): Promise<string | null> {
  return (await database.db.task.findUniqueOrThrow({ where: { id: taskId } })).outputDir;
}

test.each([
  ["film.MP4", "films/{inputName}/{inputFormat}", "films/film/mp4"],
  ["../../etc/passwd.mp4", "a/{inputName}", "a/etc-passwd"],
  ["夏 の 海.mov", "{inputName}", "夏-の-海"],
  ["...", "x/{inputName}", "x/media"],
])("outputs of %s in %s lie in %s", async (name, outputDir, folder) => {
  const mediaId = await addMedia(database.db, { name });
  const created = await createTask(database.db, { ...request(outputDir), mediaId });
  expect(created.ok && (await folderOf(created.value.taskId))).toBe(folder);
});

test("of several media each has its own", async () => {
  const ids = [await addMedia(database.db, { name: "one.mp4" }), await addMedia(database.db, { name: "two.mp4" })];
  const created = await createTasks(database.db, request("{inputName}"), ids);
  if (!created.ok) throw new Error(created.failure.code);
  expect(await Promise.all(created.value.taskIds.map(folderOf))).toEqual(["one", "two"]);
});

test.each(["{secret}", "a/{inputName", "../{inputName}", "/a", ""])("%j is no folder", async (outputDir) => {
  const mediaId = await addMedia(database.db, { name: "film.mp4" });
  expect(await createTask(database.db, { ...request(outputDir), mediaId })).toMatchObject({
    failure: { code: "INVALID_PARAMETER" },
  });
});
