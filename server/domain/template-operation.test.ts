import { expect, test } from "vitest";
import { planOperation } from "./operations/operation.ts";
import { aContext } from "./operations/test-plans.ts";
import { PRESET_TEMPLATES } from "./presets/templates.ts";
import { template } from "./template.ts";
import { operationOfTemplate } from "./template-operation.ts";
import { TYPICAL_MEDIA } from "./typical-media.ts";

test("every preset can be planned on a typical clip, as it is", () => {
  for (const preset of PRESET_TEMPLATES) {
    const { kind, params } = preset;
    const operation = operationOfTemplate(template.parse({ kind, params }));
    if (!operation.success) throw new Error(preset.name);
    expect(planOperation(operation.data, aContext(TYPICAL_MEDIA)), preset.name).toMatchObject({ ok: true });
  }
});

test.each([
  ["text", { type: "text" }],
  ["svg", { type: "svg" }],
])("a %s watermark that leaves its content to each use is shown with an example", (_, mark) => {
  const parsed = operationOfTemplate(template.parse({ kind: "watermark", params: { mark } }));
  expect(parsed.success).toBe(true);
});
