import { expect, test } from "vitest";
import { draftsOf, moved, newStep, parsedSteps } from "./step-draft.ts";

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

test("wrong parameters of one step hold back all", () => {
  const wrong = { ...newStep(1, "cover", 10), use: { position: { unit: "percent", value: 120 } } };
  expect(parsedSteps([wrong])).toBeNull();
});

test("no steps are no procedure", () => {
  expect(parsedSteps([])).toBeNull();
});

test("what the editor does not show survives it", () => {
  const override = { video: { bitrateKbps: 900 } };
  const [step] = parsedSteps([newStep(1, "transcode", 100030)]) ?? [];
  if (step === undefined) throw new Error("Expected a step.");
  const drafts = draftsOf([{ ...step, override, templateName: "MP4" }]);
  expect(parsedSteps(drafts)).toMatchObject([{ override }]);
});
