import { expect, test } from "vitest";
import { PRESET_TEMPLATES } from "#domain/presets/templates.ts";
import { filterTemplates, sortTemplates } from "./filter-templates.ts";

const presets = PRESET_TEMPLATES.slice(0, 3).map((preset) => ({ ...preset, createdAt: null, updatedAt: null }));
const own = presets.map((preset, index) => ({
  ...preset,
  ...{ preset: false, definition: 1_000_001 + index, name: `Own ${12 - index}`, comment: "for the news" },
  ...{ createdAt: new Date(index), updatedAt: new Date(10 - index), version: 1 },
}));
const all = [...presets, ...own];
const given = { search: "", origin: "all" as const, commentOf: ({ comment }: { comment: string }) => comment };

test("own ones come first; only they, or only presets, can be asked for", () => {
  expect(filterTemplates(all, given)).toEqual([...own, ...presets]);
  expect(filterTemplates(all, { ...given, origin: "own" })).toEqual(own);
  expect(filterTemplates(all, { ...given, origin: "presets" })).toEqual(presets);
});

test("name, number and comment are looked at", () => {
  expect(filterTemplates(all, { ...given, search: "the NEWS" })).toEqual(own);
  expect(filterTemplates(all, { ...given, search: "1000002" })).toEqual([own[1]]);
  expect(filterTemplates(all, { ...given, search: "own 11" })).toEqual([own[1]]);
});

test("names are sorted as people count, and what changed last comes first", () => {
  expect(sortTemplates(own, "name", "en").map(({ name }) => name)).toEqual(["Own 10", "Own 11", "Own 12"]);
  expect(sortTemplates(all, "changed", "en").slice(0, 3)).toEqual(own);
  expect(sortTemplates(all, "number", "en").slice(-3)).toEqual(own);
});
