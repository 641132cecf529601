import { expect, test } from "vitest";
import { z } from "zod";
import { fieldErrorsOf, fieldsOf } from "./form.ts";

test("each type of a schema has its control, with bounds, unit and default", () => {
  const schema = z.strictObject({
    widthPx: z.int().min(0).max(9).default(4).meta({ unit: "px" }),
    offset: z.number().nullable().default(null),
    fill: z.enum(["black", "white"]).default("black"),
    channels: z.literal([1, 2]).default(2),
    adaptive: z.boolean().default(true),
    title: z.string().max(5),
  });
  const plain = { optional: false, forTemplate: null, section: null };
  const base = { ...plain, unit: null };
  expect(fieldsOf(schema)).toEqual([
    { ...base, path: ["widthPx"], name: "widthPx", kind: "integer", unit: "px", min: 0, max: 9, step: 1, default: 4 },
    {
      ...base,
      path: ["offset"],
      name: "offset",
      kind: "number",
      min: null,
      max: null,
      step: 0.1,
      default: null,
      optional: true,
    },
    { ...base, path: ["fill"], name: "fill", kind: "select", values: ["black", "white"], default: "black" },
    { ...base, path: ["channels"], name: "channels", kind: "select", values: [1, 2], default: 2 },
    { ...plain, path: ["adaptive"], name: "adaptive", kind: "switch", default: true },
    { ...plain, path: ["title"], name: "title", kind: "text", maxLength: 5, lines: false, default: null },
  ]);
});

test("a field that asks for a control of its own gets it, whatever is wrapped around it", () => {
  const schema = z.strictObject({
    logo: z.string().meta({ asset: "image" }),
    clip: z.string().meta({ media: true }),
    mark: z.int().meta({ template: "watermark" }),
    colour: z.string().default("#ffffff").meta({ control: "colour" }),
    source: z
      .string()
      .nullable()
      .default(null)
      .meta({ control: "lines", forTemplate: { at: ["mark", "type"], is: "svg", needed: true }, section: "picture" }),
    size: z
      .strictObject({ value: z.number().default(0), unit: z.enum(["px", "percent"]) })
      .meta({ control: "measure" })
      .prefault({ unit: "px" }),
  });
  expect(fieldsOf(schema)).toMatchObject([
    { name: "logo", kind: "asset", asset: "image" },
    { name: "clip", kind: "media" },
    { name: "mark", kind: "template", template: "watermark" },
    { name: "colour", kind: "colour", default: "#ffffff" },
    {
      name: "source",
      kind: "text",
      lines: true,
      optional: true,
      forTemplate: { is: "svg", needed: true },
      section: "picture",
    },
    { name: "size", kind: "group", measure: true, default: { value: 0, unit: "px" } },
  ]);
});

test("objects, lists and unions hold fields with whole paths", () => {
  const schema = z.strictObject({
    video: z
      .strictObject({ crf: z.int().default(1) })
      .nullable()
      .prefault({}),
    positions: z
      .array(z.strictObject({ value: z.int().default(0) }).refine(() => true))
      .min(1)
      .max(3)
      .prefault([{}]),
    mark: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("text"), text: z.string() }),
      z.strictObject({ kind: z.literal("none").optional().default("none") }),
    ]),
  });
  expect(fieldsOf(schema)).toMatchObject([
    { kind: "group", optional: true, default: { crf: 1 }, fields: [{ path: ["video", "crf"], default: 1 }] },
    { kind: "list", default: [{ value: 0 }], minItems: 1, maxItems: 3, item: [{ path: ["value"] }] },
    {
      kind: "variants",
      discriminator: "kind",
      variants: [
        { value: "text", fields: [{ path: ["mark", "text"], kind: "text" }] },
        { value: "none", fields: [] },
      ],
    },
  ]);
});

test("what is wrong is said by field, as a key and the values its text needs", () => {
  const schema = z.strictObject({
    small: z.int().min(3),
    choice: z.enum(["x", "y"]),
    missing: z.number(),
    half: z.int(),
    list: z.array(z.int()).min(1),
    even: z.int().refine((value) => value % 2 === 0, { message: "odd" }),
    short: z.string().min(8),
    tag: z.string().regex(/^[a-z]$/, { message: "letter" }),
    address: z.email(),
  });
  const texts = { short: "hunter2", tag: "Ä", address: "ada@" };
  const { error } = schema.safeParse({ small: 1, choice: "z", half: 0.5, list: [], even: 3, ...texts, other: 1 });
  expect(error && fieldErrorsOf(error)).toEqual([
    { path: "small", message: "tooSmall", values: { minimum: 3 } },
    { path: "choice", message: "notAChoice", values: { choices: "x, y" } },
    { path: "missing", message: "wrongType", values: { expected: "number" } },
    { path: "half", message: "wrongType", values: { expected: "int" } },
    { path: "list", message: "tooFew", values: { minimum: 1 } },
    { path: "even", message: "odd", values: {} },
    { path: "short", message: "tooShort", values: { minimum: 8 } },
    { path: "tag", message: "letter", values: {} },
    { path: "address", message: "email", values: {} },
    { path: "other", message: "unknownField", values: { field: "other" } },
  ]);
});
