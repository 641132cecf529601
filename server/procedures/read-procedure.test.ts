import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { STEP_KINDS } from "#domain/operations/operation.ts";
import { step } from "#domain/procedure.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { readProcedure } from "./read-procedure.ts";
import { createProcedure, restoreProcedure, updateProcedure } from "./save-procedure.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const read = (text: string) => readProcedure(database.db, 1, text);
const SPRITE = step.parse({ operation: "sprite", template: 10 });

async function faultOf(text: string): Promise<string> {
  const result = await read(text);
  return result.ok ? "read" : `${result.failure.code} ${result.failure.detail}`;
}

test("a name is looked up: presets, own ones, and nothing else", async () => {
  expect(await read("Starter")).toMatchObject({ value: { name: "Starter", version: null, text: null } });
  await createProcedure(database.db, {
    ...{ applicationId: 1, name: "Own", comment: "", body: { steps: [SPRITE] }, createdById: null },
  });
  expect(await read(" Own ")).toMatchObject({ value: { name: "Own", version: 1, body: { steps: [SPRITE] } } });
  expect(await faultOf("Nobody")).toBe("PROCEDURE_NOT_FOUND Nobody");
  expect(await faultOf("QCVB_ConvertAndReplace(1)")).toBe("PROCEDURE_NOT_FOUND QCVB_ConvertAndReplace");
  expect(await faultOf("Own(1)")).toBe("PROCEDURE_INVALID 1:5: noArguments");
});

test("an application's defaults stand for 1", async () => {
  const data = { defaultTranscodes: [10, 20], defaultWatermark: 5 };
  await database.db.application.update({ where: { id: 1 }, data });
  const said = "QCVB_SimpleProcessFile(1, 1)";
  expect(await read(said)).toMatchObject({
    value: {
      ...{ name: "QCVB_SimpleProcessFile", text: said },
      body: { steps: [10, 20].map((template) => ({ template, use: { watermarks: [{ template: 5 }] } })) },
    },
  });
});

test("a stored script takes arguments, and an older version of it can be asked for", async () => {
  const key = { applicationId: 1, name: "Script", createdById: null };
  const lua = "return { transcode(...) }";
  await createProcedure(database.db, { ...key, comment: "first", body: { lua } });
  await updateProcedure(database.db, { ...key, comment: "second", body: { steps: [SPRITE] }, version: 1 });
  expect(await readProcedure(database.db, 1, "Script(10)", 1)).toMatchObject({
    value: { name: "Script", version: 1, args: [10], text: "Script(10)", body: { lua } },
  });
  expect(await read("Script")).toMatchObject({ value: { version: 2, body: { steps: [SPRITE] } } });
  expect(await readProcedure(database.db, 1, "Script", 7)).toMatchObject({
    failure: { code: "PROCEDURE_NOT_FOUND", detail: "Script: version 7" },
  });
  expect(await restoreProcedure(database.db, { ...key, version: 1, restoredVersion: 1 })).toMatchObject({
    failure: { code: "STATE_MOVED" },
  });
  expect(await restoreProcedure(database.db, { ...key, version: 2, restoredVersion: 1 })).toEqual({
    ...{ ok: true, value: { version: 3 } },
  });
  expect(await read("Script")).toMatchObject({ value: { version: 3, body: { lua } } });
});

test("JSON is ours or the API's, and what is wrong with it is told with its place", async () => {
  expect(await read('{"steps": [{"operation": "sprite", "template": 10}]}')).toMatchObject({
    value: { name: null, body: { steps: [SPRITE] } },
  });
  expect(await read('[{"operation": "sprite", "template": 10}]')).toMatchObject({
    value: { body: { steps: [SPRITE] } },
  });
  const wire = { MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] } };
  expect(await read(JSON.stringify(wire))).toMatchObject({ value: { body: { steps: [SPRITE] } } });
  expect(await read(JSON.stringify(wire.MediaProcessTask))).toMatchObject({ value: { body: { steps: [SPRITE] } } });

  expect(await faultOf('{\n  "steps": [,]\n}')).toBe('PROCEDURE_INVALID 2:13: json {"message":"ValueExpected"}');
  expect(await faultOf('{"steps": [{"operation": "sprite",\n "template": -1}]}')).toBe(
    'PROCEDURE_INVALID 2:14: steps.0.template: tooSmall {"minimum":0}',
  );
  expect(await faultOf('[{"operation": "sprite", "template": 10},\n {"operation": "dance", "template": 10}]')).toMatch(
    /^PROCEDURE_INVALID 2:16: steps\.1\.operation: /,
  );
  expect(await faultOf('{"MediaProcessTask": {"ImageSpriteTaskSet":\n [{"Definition": "x"}]}}')).toMatch(
    /^PROCEDURE_INVALID 2:18: MediaProcessTask\.ImageSpriteTaskSet\.0\.Definition: /,
  );
  expect(
    await faultOf('{"MediaProcessTask": {"ImageSpriteTaskSet": [{"Definition": 10}]},\n "AiAnalysisTask": {}}'),
  ).toMatch(/^PROCEDURE_INVALID 2:2: vendorWords .*AiAnalysisTask/);
  expect(await faultOf('{"MediaProcessTask": {}}')).toMatch(/^PROCEDURE_INVALID 1:2: vendorWords /);
  expect(await faultOf('{"lua": "return {"}')).toMatch(/^PROCEDURE_INVALID 1:\d+: lua/);
  expect(await faultOf("return {\n}}")).toMatch(/^PROCEDURE_INVALID 2:2: lua/);
});

test.each([
  ["levels without end", "[".repeat(10_000), "jsonTooDeep"],
  ["levels in objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, "jsonTooDeep"],
  ["ten megabytes", `{"steps": ["${"x".repeat(10_000_000)}"]}`, "procedureTextTooLong"],
  ["a prototype", '{"steps": [{"operation": "sprite", "template": 10, "__proto__": {"a": 1}}]}', "unknownField"],
  [
    "a constructor",
    '{"steps": [{"operation": "sprite", "template": 10, "override": {"constructor": 1}}]}',
    "unknownField",
  ],
  [
    "fields without number",
    JSON.stringify(Object.fromEntries(Array.from({ length: 15_000 }, (_, i) => [`x${i}`, 1]))),
    "steps",
  ],
  ["steps without number", `[${"1,".repeat(100_000)}1]`, "tooMany"],
  ["keys of another name for the same", '{"steps": [], "\\u005f_proto__": 1}', "unknownField"],
])("%s are refused at once", async (_, text, reason) => {
  const before = performance.now();
  expect(await faultOf(text)).toContain(reason);
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(Object.prototype).not.toHaveProperty("a");
});

const aCondition = fc.oneof(
  fc.record({
    fact: fc.constantFrom("widthPx", "durationSeconds"),
    is: fc.constantFrom("atLeast", "below"),
    value: fc.nat(),
  }),
  fc.record({ fact: fc.constant("hdr"), is: fc.constant("equals"), value: fc.boolean() }),
  fc.record({ fact: fc.constant("videoCodec"), is: fc.constant("differs"), value: fc.constantFrom("h264", "vp9") }),
);
const aStep = fc.record({
  operation: fc.constantFrom(...STEP_KINDS),
  template: fc.nat(2_000_000),
  override: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
  when: fc.array(aCondition, { maxLength: 3 }),
});

test("steps of every kind come back from their JSON as they were", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 1, maxLength: 6 }), async (inputs) => {
      const safe = JSON.stringify(inputs);
      fc.pre(!/__proto__|constructor|prototype/.test(safe));
      const steps = inputs.map((input) => step.parse(JSON.parse(JSON.stringify(input))));
      expect(await read(JSON.stringify({ steps }))).toMatchObject({ value: { body: { steps } } });
    }),
    { numRuns: 60 },
  );
});
