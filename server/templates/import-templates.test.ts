import { afterAll, beforeAll, expect, test } from "vitest";
import { createCaller } from "../api/router.ts";
import { addApplication, addMedia, addUser } from "../api/test-rows.ts";
import { testServices } from "../api/test-services.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { template } from "../domain/template.ts";
import { writeTemplateDocument } from "../domain/template-document.ts";

let database: TestDatabase;
let caller: ReturnType<typeof createCaller>;
let applicationId: number;
beforeAll(async () => {
  database = await createTestDatabase();
  applicationId = await addApplication(database.db);
  const me = await addUser(database.db, "operator", applicationId);
  caller = createCaller({ ...testServices(database, "/nowhere"), me });
});
afterAll(() => database.drop());

const own = async () => (await caller.templates.list({})).filter(({ preset }) => !preset);
const SPRITE = { ...template.parse({ kind: "sprite", params: { columns: 7 } }), name: "Sheet", comment: "seven" };
const headed = (mediaId: string) => ({
  ...template.parse({ kind: "head-tail", params: { heads: [{ mediaId }] } }),
  ...{ name: "Intro", comment: "" },
});

test("a document is looked at first, and its templates are made by asking again", async () => {
  const text = writeTemplateDocument([SPRITE, headed(await addMedia(database.db, { applicationId }))]);
  expect(await caller.templates.previewImport({ text })).toMatchObject({
    faults: [],
    templates: [
      { index: 0, template: SPRITE, namesakes: [] },
      { index: 1, namesakes: [] },
    ],
  });
  expect(await own()).toEqual([]);
  const keys = await caller.templates.import({ text });
  expect(keys.map(({ family }) => family)).toEqual(["sprite", "head-tail"]);
  expect(await own()).toMatchObject([{ name: "Intro" }, { ...SPRITE, version: 1 }]);
  const again = await caller.templates.previewImport({ text });
  expect(again.templates[0]?.namesakes).toEqual([keys[0]]);
});

test("with anything wrong in it nothing is imported", async () => {
  const before = await own();
  const elsewhere = await addMedia(database.db);
  const text = writeTemplateDocument([SPRITE, headed(elsewhere)]);
  expect(await caller.templates.previewImport({ text })).toMatchObject({
    faults: [{ path: "templates.1.params.heads.0.mediaId", message: "mediaMissing" }],
  });
  await expect(caller.templates.import({ text })).rejects.toMatchObject({
    cause: {
      failure: { code: "TEMPLATE_DOCUMENT_INVALID", detail: "templates.1.params.heads.0.mediaId: mediaMissing" },
    },
  });
  expect(await own()).toEqual(before);
});

test("an exported template comes back as it was", async () => {
  const [one] = (await own()).filter(({ kind }) => kind === "sprite");
  if (one === undefined) throw new Error("no template");
  const [key] = await caller.templates.import({ text: writeTemplateDocument([one]) });
  if (key === undefined) throw new Error("nothing imported");
  const { kind, params, name, comment } = one;
  expect(await caller.templates.get(key)).toMatchObject({ kind, params, name, comment });
});
