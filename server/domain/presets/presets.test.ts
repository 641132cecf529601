import { expect, test } from "vitest";
import { expandSteps } from "../procedure.ts";
import { CUSTOM_DEFINITION_MIN, template } from "../template.ts";
import { PRESET_PROCEDURES } from "./procedures.ts";
import { PRESET_TEMPLATES, presetTemplate } from "./templates.ts";

test("no two presets of a family share a number, and none has a custom one", () => {
  const keys = PRESET_TEMPLATES.map(({ family, definition }) => `${family} ${definition}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(Math.max(...PRESET_TEMPLATES.map(({ definition }) => definition))).toBeLessThan(CUSTOM_DEFINITION_MIN);
});

test("every preset is a template that a user could have made", () => {
  for (const { kind, params } of PRESET_TEMPLATES) expect(template.parse({ kind, params })).toEqual({ kind, params });
});

test.each(PRESET_PROCEDURES)("$name expands to subtasks that can all be tried", ({ body }) => {
  const drafts = expandSteps(body.steps, presetTemplate);
  expect(drafts).toMatchObject({ value: body.steps.map(() => ({ failure: null })) });
});

test("what is in no table is no preset", () => {
  expect(presetTemplate("transcode", 12345)).toBeUndefined();
});
