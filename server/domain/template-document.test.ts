import fc from "fast-check";
import { expect, test } from "vitest";
import { TEMPLATE_KINDS, template } from "./template.ts";
import { readTemplateDocument, writeTemplateDocument } from "./template-document.ts";
import { anyTemplate, anyTemplateOfAnyKind } from "./test-templates.ts";

const words = {
  name: fc.constantFrom("T", "清晰 720p", "이름 \u{1F3AC}"),
  comment: fc.string({ maxLength: 100 }).map((text) => text.trim()),
};
const portable = (of: ReturnType<typeof anyTemplate>) =>
  fc.tuple(of, fc.record(words)).map(([template, said]) => ({ ...template, ...said }));

test.each(TEMPLATE_KINDS)("any %s that is written is read as it was", (kind) => {
  fc.assert(
    fc.property(portable(anyTemplate(kind)), (one) => {
      expect(readTemplateDocument(writeTemplateDocument([one]))).toEqual({
        templates: [{ index: 0, template: one }],
        faults: [],
      });
    }),
    { numRuns: 60 },
  );
});

test("several of any kinds keep their order", () => {
  fc.assert(
    fc.property(fc.array(portable(anyTemplateOfAnyKind()), { minLength: 1, maxLength: 5 }), (many) => {
      const read = readTemplateDocument(writeTemplateDocument(many));
      expect(read.templates.map(({ template }) => template)).toEqual(many);
    }),
    { numRuns: 30 },
  );
});

test("the generator leaves no kind of field alone", () => {
  const sample = fc.sample(anyTemplate("transcode"), { numRuns: 200, seed: 1 });
  const plain = JSON.stringify(template.parse({ kind: "transcode", params: {} }));
  expect(sample.filter((one) => JSON.stringify(one) !== plain).length).toBeGreaterThan(190);
  expect(new Set(sample.map(({ params }) => "container" in params && params.container)).size).toBe(4);
});

const faultsOf = (text: string) => readTemplateDocument(text).faults;
const aDocument = (...templates: unknown[]) => JSON.stringify({ reelflow: 1, templates });

test("what is wrong is said by place, of every template at once, and the others are read", () => {
  const text = aDocument(
    { kind: "sprite", name: "Good", params: {} },
    { kind: "transcode", name: " ", params: { container: "flv", video: { codec: "vp9" }, nonsense: 1 } },
    { kind: "novel", name: "T", params: {} },
    7,
  );
  const { templates, faults } = readTemplateDocument(text);
  expect(templates).toMatchObject([{ index: 0, template: { kind: "sprite", name: "Good", comment: "" } }]);
  expect(faults.map(({ path, message }) => [path, message])).toEqual([
    ["templates.1.name", "tooShort"],
    ["templates.1.params.nonsense", "unknownField"],
    ["templates.1.params.video.codec", "codecNotInContainer"],
    ["templates.2.kind", "wrongType"],
    ["templates.3", "wrongType"],
  ]);
});

test.each([
  ["what is no JSON", "{", "", "jsonSyntax"],
  ["nothing", "", "", "jsonSyntax"],
  ["another document", "[]", "", "wrongType"],
  ["a later way of writing", '{"reelflow":2,"templates":[]}', "reelflow", "notAChoice"],
  ["no templates", aDocument(), "templates", "tooFew"],
  ["too many", aDocument(...Array.from({ length: 501 }, () => 1)), "templates", "tooMany"],
])("%s is refused", (_, text, path, message) => {
  expect(faultsOf(text)[0]).toMatchObject({ path, message });
});

test.each(["__proto__", "constructor", "prototype"])(
  "the key %s is refused at any depth, and nothing is polluted",
  (key) => {
    const text = aDocument({ kind: "sprite", name: "T", params: {} }).replace(
      '"params":{',
      `"params":{"${key}":{"polluted":1}`,
    );
    expect(faultsOf(text)).toEqual([{ path: "", message: "unknownField", values: { field: key } }]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  },
);

test("ten megabytes and ten thousand levels cost nothing", () => {
  const began = performance.now();
  expect(faultsOf(`"${"x".repeat(10_000_000)}"`)).toMatchObject([{ message: "tooLong" }]);
  expect(faultsOf("[".repeat(10_000) + "]".repeat(10_000))).toMatchObject([{ message: "jsonTooDeep" }]);
  expect(faultsOf('{"a":'.repeat(10_000))).toMatchObject([{ message: "jsonTooDeep" }]);
  expect(performance.now() - began).toBeLessThan(500);
});

test("brackets inside of texts are no levels", () => {
  const comment = `\\"${"[{".repeat(60)}`;
  const text = writeTemplateDocument([{ ...template.parse({ kind: "sprite", params: {} }), name: "T", comment }]);
  expect(readTemplateDocument(text).faults).toEqual([]);
});
