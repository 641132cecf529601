import { afterAll, beforeAll, expect, test } from "vitest";
import { createCaller } from "../api/router.ts";
import { addApplication, addUser } from "../api/test-rows.ts";
import { testServices } from "../api/test-services.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { step } from "../domain/procedure.ts";
import { template } from "../domain/template.ts";
import { addFilm, addTask, subtasksOf } from "../tasks/test-tasks.ts";

let database: TestDatabase;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  database = await createTestDatabase();
  caller = await callerIn(1);
});
afterAll(() => database.drop());

async function callerIn(applicationId: number) {
  const me = await addUser(database.db, "operator", applicationId);
  return createCaller({ ...testServices(database, "/nowhere"), me });
}

const sprite = (columns: number) => template.parse({ kind: "sprite", params: { columns } });
const aSprite = (columns = 5) => caller.templates.create({ template: sprite(columns), name: "First", comment: "" });
const failing = (code: string) => ({ cause: { failure: { code } } });

test("a change is a version of its own, and who saved which is told, the newest first", async () => {
  const key = await aSprite();
  expect(
    await caller.templates.update({ ...key, version: 1, template: sprite(6), name: "Second", comment: "why" }),
  ).toEqual({ version: 2 });
  expect(await caller.templates.get(key)).toMatchObject({ version: 2, name: "Second", params: { columns: 6 } });
  expect(await caller.templates.versions(key)).toMatchObject([
    { version: 2, name: "Second", comment: "why", params: { columns: 6 }, createdByName: "A operator" },
    { version: 1, name: "First", comment: "", params: { columns: 5 }, restoredVersion: null },
  ]);
});

test("of two who changed the same version, the second is told and nothing is overwritten", async () => {
  const key = await aSprite();
  const change = { ...key, version: 1, name: "T", comment: "" };
  const both = await Promise.allSettled([
    caller.templates.update({ ...change, template: sprite(7) }),
    caller.templates.update({ ...change, template: sprite(8) }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject(failing("STATE_MOVED"));
  expect(await caller.templates.versions(key)).toHaveLength(2);
});

test("saving what is there already makes no version", async () => {
  const key = await aSprite();
  const same = { ...key, version: 1, template: sprite(5), name: "First", comment: "" };
  expect(await caller.templates.update(same)).toEqual({ version: 1 });
  expect(await caller.templates.versions(key)).toHaveLength(1);
});

test("an older version is taken up again as a new one, and says so", async () => {
  const key = await aSprite();
  await caller.templates.update({ ...key, version: 1, template: sprite(6), name: "Second", comment: "" });
  await expect(caller.templates.restore({ ...key, version: 1, restoredVersion: 1 })).rejects.toMatchObject(
    failing("STATE_MOVED"),
  );
  expect(await caller.templates.restore({ ...key, version: 2, restoredVersion: 1 })).toEqual({ version: 3 });
  expect(await caller.templates.get(key)).toMatchObject({ version: 3, name: "First", params: { columns: 5 } });
  expect((await caller.templates.versions(key))[0]).toMatchObject({ version: 3, restoredVersion: 1 });
  await expect(caller.templates.restore({ ...key, version: 3, restoredVersion: 9 })).rejects.toMatchObject(
    failing("TEMPLATE_NOT_FOUND"),
  );
});

test("a task keeps the version it began with, and shows which; a later one takes the new", async () => {
  const key = await aSprite();
  const steps = [step.parse({ operation: "sprite", template: key.definition })];
  const mediaId = await addFilm(database.db);
  const before = await addTask(database.db, { mediaId, steps });
  await caller.templates.update({ ...key, version: 1, template: sprite(9), name: "Second", comment: "" });
  const after = await addTask(database.db, { mediaId, steps });
  expect(await subtasksOf(database.db, before)).toMatchObject([
    { templateVersion: 1, templateName: "First", operation: { params: { columns: 5 } } },
  ]);
  expect(await subtasksOf(database.db, after)).toMatchObject([
    { templateVersion: 2, templateName: "Second", operation: { params: { columns: 9 } } },
  ]);
  expect(await caller.templates.countTasks(key)).toEqual({ count: 2, capped: false });
});

test("a change that would break a procedure is refused, and names it", async () => {
  const text = template.parse({ kind: "watermark", params: { mark: { type: "text", text: "Hello" } } });
  const key = await caller.templates.create({ template: text, name: "Mark", comment: "" });
  const use = { watermarks: [{ template: key.definition }] };
  const steps = [{ operation: "transcode" as const, template: 100_030, use }];
  await caller.procedures.create({ name: "Marked", comment: "", body: { steps } });
  const silent = template.parse({ kind: "watermark", params: { mark: { type: "text" } } });
  await expect(
    caller.templates.update({ ...key, version: 1, template: silent, name: "Mark", comment: "" }),
  ).rejects.toMatchObject({
    cause: { failure: { code: "TEMPLATE_BREAKS_PROCEDURE", detail: "Marked: steps.0.watermarks.0.text: textNeeded" } },
  });
  const louder = template.parse({ kind: "watermark", params: { mark: { type: "text", text: "Hey" } } });
  await caller.templates.update({ ...key, version: 1, template: louder, name: "Mark", comment: "" });
});

test("a preset is not changed, a kind neither, and another application's template is not there", async () => {
  const change = { version: 1, template: sprite(5), name: "T", comment: "" };
  await expect(caller.templates.update({ ...change, family: "sprite", definition: 10 })).rejects.toMatchObject(
    failing("PRESET_READ_ONLY"),
  );
  const remux = await caller.templates.create({
    ...{ template: template.parse({ kind: "remux", params: { container: "mp4" } }), name: "T", comment: "" },
  });
  const audio = template.parse({ kind: "audio", params: {} });
  await expect(caller.templates.update({ ...change, ...remux, template: audio })).rejects.toMatchObject(
    failing("INVALID_PARAMETER"),
  );
  const other = await callerIn(await addApplication(database.db));
  await expect(other.templates.update({ ...change, ...remux, template: audio })).rejects.toMatchObject(
    failing("TEMPLATE_NOT_FOUND"),
  );
  await expect(other.templates.versions(remux)).rejects.toMatchObject(failing("TEMPLATE_NOT_FOUND"));
  expect(await other.templates.countTasks(remux)).toEqual({ count: 0, capped: false });
});

test("who uses which template is told of all at once: steps, and what they lay on and put around", async () => {
  const key = await aSprite();
  const tail = await caller.templates.create({
    ...{
      template: template.parse({ kind: "head-tail", params: { tails: [{ mediaId: "m" }] } }),
      name: "T",
      comment: "",
    },
  });
  const use = { headTails: [{ template: tail.definition }] };
  await caller.procedures.create({
    ...{ name: "Uses-both", comment: "" },
    body: {
      steps: [
        { operation: "sprite", template: key.definition },
        { operation: "transcode", template: 100_030, use },
      ],
    },
  });
  const uses = await caller.templates.uses();
  const usersOf = ({ family, definition }: typeof key) =>
    uses.find((one) => one.family === family && one.definition === definition)?.procedures;
  expect(usersOf(key)).toEqual(["Uses-both"]);
  expect(usersOf(tail)).toEqual(["Uses-both"]);
});
