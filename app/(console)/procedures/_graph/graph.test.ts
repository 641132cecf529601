import fc from "fast-check";
import { expect, test } from "vitest";
import { STEP_KINDS } from "#domain/operations/operation.ts";
import { newStep, type StepDraft } from "../procedure-draft.ts";
import { connected, graphOf, layoutOf, MEDIA, stepsOf } from "./graph.ts";

const BIG = { fact: "heightPx", is: "atLeast", value: 1080 };
const LOUD = { fact: "hasAudio", is: "equals", value: true };

const aStep = fc.record({
  operation: fc.constantFrom(...STEP_KINDS),
  template: fc.nat(2_000_000),
  when: fc.subarray([BIG, LOUD]),
  override: fc.dictionary(fc.string(), fc.nat(), { maxKeys: 2 }),
});
const someSteps = fc
  .array(aStep, { maxLength: 12 })
  .map((all) => all.map((one, key): StepDraft => ({ ...newStep(key, one.operation, one.template), ...one })));

test("steps → graph → JSON → graph → steps loses nothing", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      expect(stepsOf(JSON.parse(JSON.stringify(graphOf(steps))))).toEqual(JSON.parse(JSON.stringify(steps)));
    }),
  );
});

test("steps with the same conditions share a gate, and every step has its place", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const graph = graphOf(steps);
      const whens = new Set(steps.filter(({ when }) => when.length > 0).map(({ when }) => JSON.stringify(when)));
      expect(graph.gates).toHaveLength(whens.size);
      const { steps: places } = layoutOf(graph);
      expect(new Set([...places.values()].map(({ y }) => y)).size).toBe(steps.length);
    }),
  );
});

test("leading to a step from elsewhere changes when it is done, and nothing else", () => {
  const steps: StepDraft[] = [{ ...newStep(0, "transcode", 1), when: [BIG] }, newStep(1, "cover", 10)];
  const [gate] = graphOf(steps).gates;
  if (gate === undefined) throw new Error("Expected a gate.");
  expect(stepsOf(connected(graphOf(steps), gate.id, 1))).toEqual(steps.map((one) => ({ ...one, when: [BIG] })));
  expect(stepsOf(connected(graphOf(steps), MEDIA, 0))).toEqual(steps.map((one) => ({ ...one, when: [] })));
});
