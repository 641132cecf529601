import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { TEMPLATE_KINDS, type TemplateKind, template } from "../../domain/template.ts";
import { createCaller } from "../router.ts";
import { addApplication, addUser } from "../test-rows.ts";
import { testServices } from "../test-services.ts";

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

const create = (kind: TemplateKind, name = "T") =>
  caller.templates.create({ template: template.parse(minimal(kind)), name, comment: "" });

/** The least that can be said of each kind; what is left out has a default. */
function minimal(kind: TemplateKind) {
  const containers = new Map<TemplateKind, string>([
    ["transcode", "mp4"],
    ["remux", "mp4"],
    ["audio", "mp3"],
  ]);
  const container = containers.get(kind);
  if (kind === "head-tail") return { kind, params: { heads: [{ mediaId: "m" }] } };
  return { kind, params: container === undefined ? {} : { container } };
}

test("presets stand first, then the own ones, the newest first; each as it was written", async () => {
  const key = await create("sprite", "Own sprite");
  const later = await create("snapshot", "Own snapshot");
  const all = await caller.templates.list({});
  const own = all.filter((one) => !one.preset);
  expect(all.slice(-2)).toEqual(own);
  expect(own.map(({ family, definition }) => ({ family, definition }))).toEqual([later, key]);
  expect(own[1]).toMatchObject({ ...template.parse({ kind: "sprite", params: {} }), name: "Own sprite", version: 1 });
  expect(await caller.templates.get(key)).toEqual(own[1]);
  expect(all[0]).toMatchObject({ preset: true, version: null, createdAt: null });
  expect(await caller.templates.get({ family: "sprite", definition: 10 })).toMatchObject({ preset: true });
});

test("the list narrows by kind, by name and by the beginning of the number", async () => {
  const key = await create("sprite", "Wide Sheet");
  const kinds = new Set((await caller.templates.list({ kinds: ["sprite", "snapshot"] })).map((one) => one.kind));
  expect(kinds).toEqual(new Set(["sprite", "snapshot"]));
  for (const search of ["wide sh", `${key.definition}`]) {
    expect(await caller.templates.list({ search, kinds: ["sprite"] })).toMatchObject([{ name: "Wide Sheet" }]);
  }
});

test("of many made at once, every one of a family gets a number of its own, from 1000001 up, that is never used again", async () => {
  const applicationId = await addApplication(database.db);
  const other = await callerIn(applicationId);
  const make = (kind: TemplateKind) =>
    other.templates.create({ template: template.parse(minimal(kind)), name: "T", comment: "" });
  // These three kinds share a numbering, the fourth has its own.
  const kinds = ["transcode", "remux", "audio", "sprite"] as const;
  const keys = await Promise.all(Array.from({ length: 12 }, (_, index) => make(kinds[index % 4] ?? "sprite")));
  const numbersOf = (family: string) =>
    keys
      .filter((key) => key.family === family)
      .map((key) => key.definition)
      .sort();
  expect(numbersOf("transcode")).toEqual(Array.from({ length: 9 }, (_, index) => 1_000_001 + index));
  expect(numbersOf("sprite")).toEqual([1_000_001, 1_000_002, 1_000_003]);
  await other.templates.delete({ family: "sprite", definition: 1_000_003 });
  expect(await make("sprite")).toEqual({ family: "sprite", definition: 1_000_004 });
});

test("a template a procedure uses stays, and who uses it is said; without users it goes", async () => {
  const key = await create("sprite");
  const steps = [{ operation: "sprite" as const, template: key.definition }];
  await caller.procedures.create({ name: "Uses-it", comment: "", body: { steps } });
  await expect(caller.templates.delete(key)).rejects.toMatchObject({
    cause: { failure: { code: "TEMPLATE_IN_USE", detail: "Uses-it" } },
  });
  await caller.procedures.update({
    name: "Uses-it",
    version: 1,
    comment: "",
    body: { steps: [{ operation: "sprite", template: 10 }] },
  });
  await caller.templates.delete(key);
  await expect(caller.templates.get(key)).rejects.toThrow("TEMPLATE_NOT_FOUND");
  await expect(caller.templates.delete({ family: "sprite", definition: 10 })).rejects.toThrow("PRESET_READ_ONLY");
});

test("a watermark that a step lays on its picture is used by its procedure", async () => {
  const key = await create("watermark");
  const use = { watermarks: [{ template: key.definition, text: "© Reelflow" }] };
  const steps = [{ operation: "transcode" as const, template: 100_030, use }];
  await caller.procedures.create({ name: "Marked", comment: "", body: { steps } });
  await expect(caller.templates.delete(key)).rejects.toMatchObject({
    cause: { failure: { code: "TEMPLATE_IN_USE", detail: "Marked" } },
  });
});

test("a template is not deleted while a procedure is being written that uses it", async () => {
  for (let round = 0; round < 5; round += 1) {
    const key = await create("sprite");
    const name = `Race-${round}`;
    const steps = [{ operation: "sprite" as const, template: key.definition }];
    const [saved, deleted] = await Promise.allSettled([
      caller.procedures.create({ name, comment: "", body: { steps } }),
      caller.templates.delete(key),
    ]);
    expect([saved.status, deleted.status].sort()).toEqual(["fulfilled", "rejected"]);
  }
});

test("every kind can be made from the least that can be said of it", async () => {
  for (const kind of TEMPLATE_KINDS) expect((await create(kind)).definition).toBeGreaterThan(1_000_000);
});
