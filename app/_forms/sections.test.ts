import { expect, test } from "vitest";
import { z } from "zod";
import { fieldsOf } from "#domain/form.ts";
import { changedIn, sectionsOf } from "./sections.ts";

const schema = z.strictObject({
  codec: z.enum(["h264", "h265"]).default("h264"),
  gop: z.int().default(0).meta({ section: "encoder" }),
  crop: z
    .strictObject({ left: z.int().default(0) })
    .nullable()
    .default(null)
    .meta({ section: "picture" }),
  passes: z.enum(["one", "two"]).default("one").meta({ section: "encoder" }),
});
const fields = fieldsOf(schema);

test("what few need is in sections, each together, after what everybody sees", () => {
  const { plain, sections } = sectionsOf(fields);
  expect(plain.map(({ name }) => name)).toEqual(["codec"]);
  expect(sections.map(({ name, fields }) => [name, fields.map((field) => field.name)])).toEqual([
    ["encoder", ["gop", "passes"]],
    ["picture", ["crop"]],
  ]);
});

test("a form that would be one closed section is open", () => {
  const alone = fields.filter(({ section }) => section === "encoder");
  expect(sectionsOf(alone)).toEqual({ plain: alone, sections: [] });
});

test("a closed section says how much of it is not as usual", () => {
  expect(changedIn(fields, {})).toBe(0);
  expect(changedIn(fields, schema.parse({}))).toBe(0);
  expect(changedIn(fields, { codec: "h264", gop: 50, crop: { left: 3 }, passes: "one" })).toBe(2);
});
