/** What holds for every kind of operation, so that a new kind cannot forget it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { ERROR_CODES } from "../error.ts";
import { argvOf } from "../ffmpeg/argv.ts";
import { counting, ffmpeg, lavfi, QUICK_H264, scratchDir } from "../ffmpeg/test-media.ts";
import { type FormField, fieldErrorsOf, fieldsOf } from "../form.ts";
import { PRESET_PROCEDURES } from "../presets/procedures.ts";
import { PRESET_TEMPLATES } from "../presets/templates.ts";
import { step } from "../procedure.ts";
import { TEMPLATE_KIND_OF, TEMPLATE_KINDS, template } from "../template.ts";
import { makesMedia, OPERATION_KINDS, operation, STEP_KINDS, useParamsOf } from "./operation.ts";
import { A_VIDEO, aContext, carryOut, planOf } from "./test-plans.ts";

const LANGUAGES = ["en", "zh-CN", "ko"];

function messages(language: string, namespace: string): Record<string, Record<string, string> | string> {
  return JSON.parse(
    readFileSync(new URL(`../../../app/_messages/${language}/${namespace}.json`, import.meta.url), "utf8"),
  );
}

const paramsOf = new Map(operation.options.map((option) => [option.shape.kind.value, option.shape.params]));

function schemaOf(kind: (typeof OPERATION_KINDS)[number]): z.ZodObject {
  const schema = paramsOf.get(kind);
  if (schema === undefined) throw new Error(kind);
  return schema;
}

/** Every field of a form, those inside groups, lists and variants too. */
function allFields(fields: readonly FormField[]): FormField[] {
  return fields.flatMap((field) => {
    switch (field.kind) {
      case "group":
        return [field, ...allFields(field.fields)];
      case "list":
        return [field, ...allFields(field.item)];
      case "variants":
        return [field, ...field.variants.flatMap((variant) => allFields(variant.fields))];
      default:
        return [field];
    }
  });
}

test("templates, steps and operations know the same kinds", () => {
  // What others lay on their pictures or put around them is a template, and no work of its own.
  const named = ["watermark", "head-tail"];
  expect(new Set([...Object.values(TEMPLATE_KIND_OF), ...named])).toEqual(new Set(TEMPLATE_KINDS));
  expect(step.options.map((option) => option.shape.operation.value)).toEqual(STEP_KINDS);
});

test.each(LANGUAGES)("every kind of template has its name in %s", (language) => {
  for (const kind of TEMPLATE_KINDS) expect(messages(language, "kinds")).toHaveProperty([kind]);
});

describe.each(OPERATION_KINDS)("%s", (kind) => {
  const schema = schemaOf(kind);
  const fields = allFields(fieldsOf(schema));

  test("has sensible parameters when nothing is said", () => {
    expect(schema.safeParse({}).success).toBe(true);
    expect(planOf(kind, {}, aContext()).ok).toBe(true);
  });

  test("plans the same for the same input, and the plan is plain data", () => {
    const [first, second] = [planOf(kind, {}, aContext()), planOf(kind, {}, aContext())];
    expect(first).toEqual(second);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  test("reads only its source and writes only to its folders", () => {
    const plan = planOf(kind, {}, aContext());
    for (const command of plan.ok ? plan.value.commands : []) {
      for (const { path } of command.inputs) expect(path).toMatch(/^\/run\/(source$|scratch\/)/);
      for (const { path } of command.outputs) expect(path).toMatch(/^(-$|\/run\/(out|scratch)\/[^/]+$)/);
      expect(argvOf(command).every((argument) => argument !== "")).toBe(true);
    }
    for (const { path } of plan.ok ? (plan.value.prepared ?? []) : []) expect(path).toMatch(/^\/run\/scratch\/[^/]+$/);
    for (const { name } of plan.ok ? [...plan.value.outputs, ...plan.value.files] : [])
      expect(name).toMatch(/^[a-z0-9.-]+$/);
  });

  test("names what it does not know", () => {
    const { error } = schema.safeParse({ colour: "blue" });
    expect(error && fieldErrorsOf(error)).toEqual([
      { path: "colour", message: "unknownField", values: { field: "colour" } },
    ]);
  });

  test.each([
    ["sound alone", { video: null }],
    ["a silent film", { audio: [] }],
    ["a still image", { durationSeconds: 0, audio: [], video: { ...A_VIDEO, durationSeconds: null } }],
    ["one frame", { durationSeconds: 0.04, video: { ...A_VIDEO, durationSeconds: 0.04 } }],
    ["an unknown frame rate", { video: { ...A_VIDEO, framesPerSecond: 0, durationSeconds: null } }],
    ["a very wide picture", { video: { ...A_VIDEO, widthPx: 16_000, heightPx: 2 } }],
  ])("gives a plan or a coded failure for %s", (_name, media) => {
    const result = planOf(kind, {}, aContext(media));
    // What a plan that continues makes, is planned when it has run.
    if (result.ok) expect(result.value.outputs.length > 0 || result.value.continues).toBe(true);
    else expect(ERROR_CODES).toContain(result.failure.code);
  });

  test.each(LANGUAGES)("explains every field and names every value in %s", (language) => {
    const [words, values, units] = [
      messages(language, "fields"),
      messages(language, "values"),
      messages(language, "units"),
    ];
    for (const field of fields) {
      expect(words[field.name], field.path.join(".")).toEqual({
        label: expect.stringMatching(/\S/),
        description: expect.stringMatching(/\S/),
      });
      if ("unit" in field && field.unit !== null) expect(units).toHaveProperty([field.unit]);
      const choices =
        field.kind === "select"
          ? field.values
          : field.kind === "variants"
            ? field.variants.map(({ value }) => value)
            : [];
      const named = field.kind === "variants" ? field.discriminator : field.name;
      for (const choice of choices) expect(values[named], named).toHaveProperty([String(choice)]);
    }
    expect(messages(language, "kinds")).toHaveProperty([kind]);
  });
});

test.each(STEP_KINDS)("%s has the parameters of its template and of its use, and no others", (kind) => {
  const ofTemplate = template.options.find((option) => option.shape.kind.value === TEMPLATE_KIND_OF[kind]);
  const expected = { ...ofTemplate?.shape.params.shape, ...useParamsOf(kind).shape };
  expect(Object.keys(schemaOf(kind).shape).sort()).toEqual(Object.keys(expected).sort());
});

test("what makes a media makes one, of its only output", () => {
  for (const kind of OPERATION_KINDS) {
    const plan = planOf(kind, {}, aContext());
    if (!plan.ok) throw new Error(plan.failure.code);
    expect(plan.value.newMedia !== undefined, kind).toBe(makesMedia(kind));
    if (makesMedia(kind)) expect(plan.value.outputs).toMatchObject([{ parts: null, probe: true }]);
  }
});

test("every field's default is within its own bounds", () => {
  for (const kind of OPERATION_KINDS) {
    for (const field of allFields(fieldsOf(schemaOf(kind)))) {
      if (field.kind !== "integer" && field.kind !== "number") continue;
      if (field.default === null) expect(field.optional, field.path.join(".")).toBe(true);
      else {
        expect(Number(field.default)).toBeGreaterThanOrEqual(field.min ?? -Infinity);
        expect(Number(field.default)).toBeLessThanOrEqual(field.max ?? Infinity);
      }
    }
  }
});

test.each(LANGUAGES)("every refusal of a schema has its sentence in %s", (language) => {
  const known = messages(language, "validation");
  const sources = [
    "transcode/video-params",
    "transcode/transcode-video",
    "transcode/audio-params",
    "transcode/hls-params",
    "transcode/sound-care",
    "transcode/schema",
    "../modifiers/encryption/schema",
    "../modifiers/head-tail/schema",
  ];
  const files = [
    ...sources,
    "audio/schema",
    "remux/schema",
    "sprite/schema",
    "adaptive-streaming/schema",
    "inspection/schema",
    "edit/schema",
    "compose/schema",
    "position",
    "sampling",
    "subtitles/schema",
    "time-range",
    "../modifiers/length",
    "../modifiers/span",
    "../modifiers/watermark/schema",
  ].map((file) => `${file}.ts`);
  const text = [...files, "../procedure.ts", "../form.ts"]
    .map((file) => readFileSync(new URL(file, import.meta.url), "utf8"))
    .join("\n");
  const keys = [...text.matchAll(/message: (?:.*\? )?"(\w+)"|refuse\([^)]*"(\w+)"\)/g)].flatMap(
    ([, a, b]) => a ?? b ?? [],
  );
  expect(keys.length).toBeGreaterThan(25);
  for (const key of [...keys, "zeroOr8", "zeroOr16", "zeroOr32"]) expect(known).toHaveProperty([key]);
});

test.each(LANGUAGES)("every preset says in %s what it is for", (language) => {
  const known = messages(language, "presets");
  for (const { comment } of [...PRESET_TEMPLATES, ...PRESET_PROCEDURES]) expect(known).toHaveProperty([comment]);
});

test("every declared output of every kind is really written, with and without sound", async () => {
  const dir = await scratchDir();
  const film = await ffmpeg(...counting(10), ...lavfi("sine=duration=0.4"), ...QUICK_H264, `${dir}/film.mp4`);
  const silent = await ffmpeg("-i", film, "-c", "copy", "-an", `${dir}/silent.mp4`);
  for (const kind of OPERATION_KINDS) {
    // carryOut refuses a plan whose outputs are missing or empty.
    expect((await carryOut(kind, {}, film)).names.length, kind).toBeGreaterThan(0);
    if (kind !== "audio") expect((await carryOut(kind, {}, silent)).names.length, kind).toBeGreaterThan(0);
  }
});
