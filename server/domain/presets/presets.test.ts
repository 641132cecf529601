import { describe, expect, test } from "vitest";
import { expandSteps, step } from "../procedure.ts";
import { CUSTOM_DEFINITION_MIN, template } from "../template.ts";
import { PRESET_PROCEDURES } from "./procedures.ts";
import { RESERVED_TEMPLATES, reservedProcedure } from "./reserved.ts";
import { PRESET_TEMPLATES, presetTemplate } from "./templates.ts";

test("no two presets of a family share a number, and none has a custom one", () => {
  const keys = PRESET_TEMPLATES.map(({ family, definition }) => `${family} ${definition}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(Math.max(...PRESET_TEMPLATES.map(({ definition }) => definition))).toBeLessThan(CUSTOM_DEFINITION_MIN);
});

test("every preset is a template that a user could have made", () => {
  for (const { kind, params } of PRESET_TEMPLATES) expect(template.parse({ kind, params })).toEqual({ kind, params });
});

test.each(PRESET_PROCEDURES)("$name expands to subtasks that can all be tried", ({ steps }) => {
  const drafts = expandSteps(steps, presetTemplate);
  expect(drafts).toMatchObject({ value: steps.map(() => ({ failure: null })) });
});

test("what is in no table is no preset", () => {
  expect(presetTemplate("transcode", 12345)).toBeUndefined();
});

describe("reserved numbers and names", () => {
  test("are those of the public tables that need what is not here", () => {
    const numbers = (family: string) =>
      RESERVED_TEMPLATES.filter((one) => one.family === family).map(({ definition, needs }) => [definition, needs]);
    expect(numbers("adaptive-streaming")).toEqual([11, 13, 21, 31, 41].map((definition) => [definition, "drm"]));
    expect(numbers("content-review")).toEqual([10, 20].map((definition) => [definition, "ai"]));
    expect(numbers("content-analysis")).toEqual([10, 20].map((definition) => [definition, "ai"]));
    expect(numbers("content-recognition")).toEqual([[10, "ai"]]);
    expect(RESERVED_TEMPLATES.filter(({ name }) => name.startsWith("mcp.")).map(({ name }) => name)).toEqual([
      ...["720p_h264_sr", "1080p_h264_sr", "1440p_h264_sr", "4k_h265_sr", "4k_h265_sr_hdr", "4k_h265_sr_hdr_cz"].map(
        (rest) => `mcp.video_mp4_${rest}`,
      ),
      ...["", "_noise", "_noise_color", "_noise_enhan"].map((rest) => `mcp.video_mp4_follow_scratch${rest}`),
    ]);
  });

  test("are never presets", () => {
    const taken = new Set(
      PRESET_TEMPLATES.flatMap(({ family, definition, name }) => [`${family} ${definition}`, name]),
    );
    for (const { family, definition, name } of RESERVED_TEMPLATES) {
      expect(taken).not.toContain(`${family} ${definition}`);
      expect(taken).not.toContain(name);
      expect(definition).toBeLessThan(CUSTOM_DEFINITION_MIN);
    }
    const keys = RESERVED_TEMPLATES.map(({ family, definition }) => `${family} ${definition}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { name } of PRESET_PROCEDURES) expect(reservedProcedure(name)).toBeUndefined();
  });

  test("as a step's template make a subtask that says what it needs, and the others stay", () => {
    const steps = [
      { operation: "adaptive-streaming" as const, template: 11 },
      { operation: "transcode" as const, template: 900_501 },
      { operation: "adaptive-streaming" as const, template: 12 },
      { operation: "adaptive-streaming" as const, template: 14 },
    ].map((one) => step.parse(one));
    expect(expandSteps(steps, presetTemplate)).toMatchObject({
      value: [
        {
          kind: "adaptive-streaming",
          operation: null,
          failure: { code: "NEEDS_DRM", detail: "adaptive-streaming 11" },
        },
        { kind: "transcode", operation: null, failure: { code: "NEEDS_AI" } },
        { failure: null },
        { failure: { code: "TEMPLATE_NOT_FOUND" } },
      ],
    });
  });

  test("of procedures need DRM; names that objects have by nature are none", () => {
    for (const name of ["WidevineFairPlayPreset", "SDMC-WidevineFairPlayPreset"])
      expect(reservedProcedure(name)).toBe("NEEDS_DRM");
    for (const name of ["constructor", "widevinefairplaypreset", ""]) expect(reservedProcedure(name)).toBeUndefined();
  });
});
