import { expect, test } from "vitest";
import { PRESET_TEMPLATES } from "#domain/presets/templates.ts";
import { groupTemplates } from "./group-templates.ts";

const rows = PRESET_TEMPLATES.map((preset) => ({ ...preset, createdAt: null, updatedAt: null }));

test("a user's own stand together, and presets by what they are for, in their order", () => {
  const own = rows.slice(0, 2).map((row) => ({ ...row, preset: false, comment: "mine" }));
  const groups = groupTemplates([...own, ...rows]);
  expect(groups[0]).toMatchObject({ comment: null, templates: own, beginsOpen: true });
  expect(groups.slice(1, 4).map(({ comment }) => comment)).toEqual(["rendition", "contentAdaptive", "legacyRendition"]);
  expect(groups.flatMap(({ templates }) => templates)).toHaveLength(rows.length + 2);
});

test("presets that only callers name begin closed", () => {
  const closed = groupTemplates(rows).filter(({ beginsOpen }) => !beginsOpen);
  expect(closed.map(({ comment }) => comment)).toEqual(["legacyRendition", "legacyRemux", "fittedRendition"]);
});
