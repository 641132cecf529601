/** Tasks whose work somebody else describes: procedures that depend on the media, and that change after a task began. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { A_VIDEO } from "../domain/operations/test-plans.ts";
import { type ProcedureBody, step } from "../domain/procedure.ts";
import { template } from "../domain/template.ts";
import { deleteProcedure } from "../procedures/delete-procedure.ts";
import { createProcedure, updateProcedure } from "../procedures/save-procedure.ts";
import { createTemplate } from "../templates/create-template.ts";
import { updateTemplate } from "../templates/update-template.ts";
import { createTask } from "./create-task.ts";
import type { Work } from "./draft-subtasks.ts";
import { addFilm, addMedia, COVER, SPRITE, subtasksOf } from "./test-tasks.ts";

let database: TestDatabase;
let filmId: string;
let songId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  filmId = await addFilm(database.db);
  songId = await addMedia(database.db);
});
afterAll(() => database.drop());

const key = { applicationId: 1, createdById: null };

async function save(name: string, body: ProcedureBody): Promise<void> {
  const saved = await createProcedure(database.db, { ...key, name, comment: "", body });
  if (!saved.ok) throw new Error(JSON.stringify(saved.failure));
}

async function run(mediaId: string, work: Work) {
  return createTask(database.db, { applicationId: 1, startedBy: "console", mediaId, ...work });
}

async function started(mediaId: string, work: Work): Promise<string> {
  const created = await run(mediaId, work);
  if (!created.ok) throw new Error(JSON.stringify(created.failure));
  return created.value.taskId;
}

const sprites = (columns: number) => template.parse({ kind: "sprite", params: { columns } });
const kindsOf = async (taskId: string) => (await subtasksOf(database.db, taskId)).map(({ kind }) => kind);
const taskOf = (id: string) => database.db.task.findUniqueOrThrow({ where: { id } });

const ON_PICTURES = step.parse({ ...COVER, when: [{ fact: "hasVideo", is: "equals", value: true }] });
const ON_FULL_HD = step.parse({
  ...SPRITE,
  when: [{ fact: "shortSidePx", is: "atLeast", value: A_VIDEO.heightPx + 1 }],
});

test("each media gets the steps whose conditions hold for it", async () => {
  const steps = [SPRITE, ON_PICTURES, ON_FULL_HD];
  expect(await kindsOf(await started(filmId, { steps }))).toEqual(["sprite", "cover"]);
  expect(await kindsOf(await started(songId, { steps }))).toEqual(["sprite"]);
});

test("a script decides the same way, with arguments, and may say how urgent it is", async () => {
  await save("Deciding", {
    lua: "local n = ...\nif media.hasVideo then return { cover(n) } end\nreturn { sprite(n) }",
  });
  const taskId = await started(filmId, { procedureName: "Deciding(10)" });
  expect(await kindsOf(taskId)).toEqual(["cover"]);
  expect(await taskOf(taskId)).toMatchObject({
    ...{ procedureName: "Deciding", procedureVersion: 1, procedureText: "Deciding(10)" },
  });
  expect(await kindsOf(await started(songId, { procedureName: "Deciding(10)" }))).toEqual(["sprite"]);
  const written = "return { sprite(10) }";
  const once = await taskOf(await started(songId, { procedureName: written }));
  expect(once).toMatchObject({ procedureName: null, procedureVersion: null, procedureText: written });
});

test.each<[string, Work]>([
  ["no condition holds", { steps: [ON_FULL_HD] }],
  ["a script chooses nothing", { procedureName: "return {}" }],
  ["a built-in is called without anything", { procedureName: "QCVB_SimpleProcessFile()" }],
])("where %s the task has succeeded at once, with nothing done, and is told of", async (_, work) => {
  const taskId = await started(filmId, work);
  expect(await kindsOf(taskId)).toEqual([]);
  expect(await taskOf(taskId)).toMatchObject({ state: "succeeded", endedAt: expect.any(Date) });
  expect(await database.db.event.count({ where: { taskId, type: "task.finished" } })).toBe(1);
});

test("a script that fails on a media makes no task, and is told with its line", async () => {
  await save("Failing", { lua: "local n = 1\nreturn { sprite(media.nothing.there) }" });
  const before = await database.db.task.count();
  expect(await run(filmId, { procedureName: "Failing" })).toMatchObject({
    failure: { code: "PROCEDURE_FAILED", detail: expect.stringMatching(/^2:/) },
  });
  expect(await run(filmId, { procedureName: "return {\n  sprite(-1) }" })).toMatchObject({
    failure: { code: "PROCEDURE_FAILED", detail: expect.stringMatching(/^2:\d+: steps\.0\.template: tooSmall/) },
  });
  expect(await database.db.task.count()).toBe(before);
});

test("a task keeps what it began with, whatever becomes of its procedure and its template", async () => {
  const made = await createTemplate(database.db, {
    ...{ ...key, name: "Mine", comment: "", template: sprites(3) },
  });
  const { definition } = made;
  const mine = step.parse({ operation: "sprite", template: definition });
  await save("Changing", { steps: [mine] });
  const taskId = await started(filmId, { procedureName: "Changing" });
  const before = [await taskOf(taskId), await subtasksOf(database.db, taskId)];

  await updateTemplate(database.db, {
    ...{ applicationId: 1, savedById: null, family: "sprite", definition, version: 1 },
    template: sprites(9),
  });
  expect(
    await updateProcedure(database.db, {
      ...key,
      name: "Changing",
      comment: "",
      body: { steps: [mine, COVER] },
      version: 1,
    }),
  ).toMatchObject({ ok: true });
  expect([await taskOf(taskId), await subtasksOf(database.db, taskId)]).toEqual(before);
  expect(before).toMatchObject([
    { procedureName: "Changing", procedureVersion: 1 },
    [{ templateVersion: 1, operation: { params: { columns: 3 } } }],
  ]);

  // What begins now has the new ones, unless the old version is asked for.
  const again = await started(filmId, { procedureName: "Changing" });
  expect(await subtasksOf(database.db, again)).toMatchObject([
    { templateVersion: 2, operation: { params: { columns: 9 } } },
    { kind: "cover" },
  ]);
  const old = await started(filmId, { procedureName: "Changing", procedureVersion: 1 });
  expect(await kindsOf(old)).toEqual(["sprite"]);
  expect(await taskOf(old)).toMatchObject({ procedureVersion: 1 });

  expect(await deleteProcedure(database.db, 1, "Changing")).toMatchObject({ ok: true });
  expect([await taskOf(taskId), await subtasksOf(database.db, taskId)]).toEqual(before);
  expect(await run(filmId, { procedureName: "Changing" })).toMatchObject({ failure: { code: "PROCEDURE_NOT_FOUND" } });
});
