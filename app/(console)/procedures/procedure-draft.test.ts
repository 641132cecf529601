import fc from "fast-check";
import { expect, test } from "vitest";
import { STEP_KINDS } from "#domain/operations/operation.ts";
import { PRESET_PROCEDURES } from "#domain/presets/procedures.ts";
import { step, stepsBody } from "#domain/procedure.ts";
import {
  bodyOf,
  draftOf,
  draftsOf,
  jsonOf,
  moved,
  newStep,
  parsedSteps,
  readProcedureDraft,
} from "./procedure-draft.ts";

const STEPS = [newStep(1, "transcode", 100030), newStep(2, "cover", 10), newStep(3, "sprite", 10)];

test("a step moves past its neighbour, and stops at the ends", () => {
  const keysOf = (steps: typeof STEPS) => steps.map(({ key }) => key);
  expect(keysOf(moved(STEPS, 0, 1))).toEqual([2, 1, 3]);
  expect(keysOf(moved(STEPS, 2, -1))).toEqual([1, 3, 2]);
  expect(keysOf(moved(STEPS, 0, -1))).toEqual([1, 2, 3]);
  expect(keysOf(moved(STEPS, 2, 1))).toEqual([1, 2, 3]);
});

test("a new step is ready to be saved", () => {
  expect(parsedSteps(STEPS)).toMatchObject([
    { operation: "transcode", template: 100030 },
    { operation: "cover", template: 10, use: { position: { unit: "seconds", value: 0 } } },
    { operation: "sprite", template: 10 },
  ]);
});

test("wrong parameters or conditions of one step hold back all", () => {
  const wrong = { ...newStep(1, "cover", 10), use: { position: { unit: "percent", value: 120 } } };
  expect(parsedSteps([wrong])).toBeNull();
  expect(
    parsedSteps([{ ...newStep(1, "cover", 10), when: [{ fact: "widthPx", is: "atLeast", value: null }] }]),
  ).toBeNull();
});

test("no steps are no procedure, and an empty script is none", () => {
  expect(parsedSteps([])).toBeNull();
  expect(bodyOf({ steps: STEPS, lua: "  \n" })).toBeNull();
});

test("what is kept of a visit comes back whole, and nothing else does", () => {
  const draft = { ...draftOf({ name: "A", comment: "", steps: [], lua: null, version: 3 }), steps: STEPS };
  expect(readProcedureDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  expect(readProcedureDraft({ ...draft, steps: [{ operation: "dance" }] })).toBeNull();
});

const aStep = fc.record({
  operation: fc.constantFrom(...STEP_KINDS),
  template: fc.nat(2_000_000),
  override: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.string(), fc.nat(), fc.constant(null))),
  when: fc.array(fc.record({ fact: fc.constant("widthPx"), is: fc.constant("atLeast"), value: fc.nat() }), {
    maxLength: 3,
  }),
});

test("editor → JSON → editor loses nothing of steps of any kind", () => {
  fc.assert(
    fc.property(fc.array(aStep, { minLength: 1, maxLength: 8 }), (inputs) => {
      const steps = inputs.map((input) => step.parse(input));
      expect(parsedSteps(draftsOf(steps))).toEqual(steps);
      expect(stepsBody.parse(JSON.parse(jsonOf({ steps }))).steps).toEqual(steps);
    }),
  );
  for (const { steps } of PRESET_PROCEDURES)
    expect(stepsBody.parse(JSON.parse(jsonOf({ steps }))).steps).toEqual(steps);
});
