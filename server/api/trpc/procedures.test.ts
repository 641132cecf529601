import { afterAll, beforeAll, expect, test } from "vitest";
import { template } from "#domain/template.ts";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { addMedia } from "../../tasks/test-tasks.ts";
import { createCaller } from "../router.ts";
import { addUser } from "../test-rows.ts";
import { testServices } from "../test-services.ts";

let database: TestDatabase;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  database = await createTestDatabase();
  const me = await addUser(database.db, "operator");
  caller = createCaller({ ...testServices(database, "/nowhere"), me });
});
afterAll(() => database.drop());

const SPRITE = { operation: "sprite" as const, template: 10 };
const COVER = { operation: "cover" as const, template: 10 };

test("presets stand first, and every step is told by its template's name", async () => {
  await caller.procedures.create({ name: "我的任务流", comment: "own", body: { steps: [SPRITE, COVER] } });
  const all = await caller.procedures.list();
  expect(all.at(-1)).toMatchObject({
    ...{ name: "我的任务流", comment: "own", preset: false, version: 1, createdAt: expect.any(Date) },
    steps: [
      { operation: "sprite", template: 10, templateName: "SpriteScreenshot" },
      { operation: "cover", template: 10, templateName: "TimepointScreenshot" },
    ],
  });
  expect(all[0]).toMatchObject({ name: "Starter", preset: true, version: null, createdAt: null });
  for (const one of all) expect(await caller.procedures.get({ name: one.name })).toEqual(one);
});

test("of two who edit the same version, the second is told instead of overwriting the first; both versions are kept", async () => {
  await caller.procedures.create({ name: "Edited", comment: "", body: { steps: [SPRITE] } });
  const edits = await Promise.allSettled([
    caller.procedures.update({ name: "Edited", version: 1, comment: "", body: { steps: [SPRITE, SPRITE] } }),
    caller.procedures.update({ name: "Edited", version: 1, comment: "", body: { steps: [COVER] } }),
  ]);
  expect(edits.map((edit) => edit.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(edits.find((edit) => edit.status === "rejected")).toMatchObject({
    reason: { cause: { failure: { code: "STATE_MOVED" } } },
  });
  expect(await caller.procedures.get({ name: "Edited" })).toMatchObject({ version: 2 });
  const versions = await database.db.procedureVersion.findMany({ where: { procedure: { name: "Edited" } } });
  expect(versions.map(({ version }) => version).sort()).toEqual([1, 2]);
});

test("a name is taken once, by presets too, and is free again after deletion", async () => {
  const made = await Promise.allSettled(
    [1, 2, 3].map(() => caller.procedures.create({ name: "Once", comment: "", body: { steps: [SPRITE] } })),
  );
  expect(made.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  const again = caller.procedures.create({ name: "Once", comment: "", body: { steps: [SPRITE] } });
  await expect(again).rejects.toThrow("PROCEDURE_EXISTS");
  const preset = caller.procedures.create({ name: "Starter", comment: "", body: { steps: [SPRITE] } });
  await expect(preset).rejects.toThrow("PROCEDURE_EXISTS");
  await caller.procedures.delete({ name: "Once" });
  await expect(caller.procedures.get({ name: "Once" })).rejects.toThrow("PROCEDURE_NOT_FOUND");
  await caller.procedures.create({ name: "Once", comment: "", body: { steps: [COVER] } });
  expect(await caller.procedures.get({ name: "Once" })).toMatchObject({ version: 1, steps: [{ operation: "cover" }] });
});

test("presets are neither changed nor deleted", async () => {
  const update = caller.procedures.update({ name: "Starter", version: 1, comment: "", body: { steps: [SPRITE] } });
  await expect(update).rejects.toThrow("PRESET_READ_ONLY");
  await expect(caller.procedures.delete({ name: "Starter" })).rejects.toThrow("PRESET_READ_ONLY");
});

test("steps that could not run are refused: no such template, parameters that contradict each other", async () => {
  const unknown = { operation: "sprite" as const, template: 1_234_567 };
  await expect(
    caller.procedures.create({ name: "Unknown", comment: "", body: { steps: [SPRITE, unknown] } }),
  ).rejects.toMatchObject({ cause: { failure: { code: "TEMPLATE_NOT_FOUND" } } });
  const wrong = { ...SPRITE, override: { columns: 100_000 } };
  await expect(
    caller.procedures.create({ name: "Wrong", comment: "", body: { steps: [COVER, wrong] } }),
  ).rejects.toMatchObject({
    cause: { failure: { code: "INVALID_PARAMETER", detail: expect.stringMatching(/^steps\.1\..*columns/) } },
  });
});

test("what needs DRM or AI is refused by that name, and listed nowhere", async () => {
  const reserved = ["WidevineFairPlayPreset", "SDMC-WidevineFairPlayPreset"];
  const mediaId = await addMedia(database.db);
  for (const procedureName of reserved) {
    await expect(caller.procedures.get({ name: procedureName })).rejects.toThrow("NEEDS_DRM");
    await expect(caller.tasks.create({ mediaIds: [mediaId], procedureName })).rejects.toThrow("NEEDS_DRM");
  }
  for (const { name } of await caller.procedures.list()) expect(reserved).not.toContain(name);
  const steps = [SPRITE, { operation: "adaptive-streaming" as const, template: 13 }];
  await expect(caller.procedures.create({ name: "Drm", comment: "", body: { steps } })).rejects.toThrow("NEEDS_DRM");
  const restored = [{ operation: "transcode" as const, template: 900_507 }];
  await expect(caller.procedures.create({ name: "Ai", comment: "", body: { steps: restored } })).rejects.toThrow(
    "NEEDS_AI",
  );
});

test("an administrator says what 1 stands for, and only what exists can be said", async () => {
  const me = await addUser(database.db, "admin");
  const admin = createCaller({ ...testServices(database, "/nowhere"), me });
  const { definition } = await admin.templates.create({
    name: "Mark",
    template: template.parse({ kind: "watermark", params: { mark: { type: "text", text: "Reelflow" } } }),
  });
  expect(await admin.procedures.defaults()).toEqual({ transcodes: [100_010, 100_020, 100_030], watermark: null });
  await admin.procedures.setDefaults({ transcodes: [100_040, 100_040], watermark: definition });
  expect(await admin.procedures.defaults()).toEqual({ transcodes: [100_040], watermark: definition });
  await expect(admin.procedures.setDefaults({ transcodes: [1_234_567], watermark: null })).rejects.toMatchObject({
    cause: { failure: { code: "TEMPLATE_NOT_FOUND", detail: "transcode 1234567" } },
  });

  const mediaIds = [await addMedia(database.db)];
  const { taskIds } = await caller.tasks.create({ mediaIds, procedureName: "QCVB_SimpleProcessFile(1, 1)" });
  expect(await database.db.subtask.findMany({ where: { taskId: { in: taskIds } } })).toMatchObject([
    { templateDefinition: 100_040, operation: { params: { watermarks: [{ template: definition }] } } },
  ]);
});
