import fc from "fast-check";
import { expect, test } from "vitest";
import { template } from "#domain/template.ts";
import { anyTemplateOfAnyKind } from "#domain/test-templates.ts";
import { readJsonText } from "../../_lib/json-text.ts";
import { jsonOf, readTemplateDraft } from "./template-draft.ts";

test("form → JSON → form loses nothing, whatever the template", () => {
  fc.assert(
    fc.property(anyTemplateOfAnyKind(), ({ kind, params }) => {
      const { value, faults } = readJsonText(jsonOf({ ...params }));
      expect(faults).toEqual([]);
      expect(template.parse({ kind, params: value })).toEqual({ kind, params });
    }),
    { numRuns: 200 },
  );
});

test("a draft comes back from the tab's memory as it was, valid or not; what is none does not", () => {
  const draft = {
    ...{ kind: "sprite", name: "", comment: "c", params: { columns: "half" }, json: "{ not yet" },
    base: { version: 3, name: "n", comment: "", params: { columns: 5 } },
  };
  expect(readTemplateDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  expect(readTemplateDraft({ kind: "novel" })).toBeNull();
});
