import fc from "fast-check";
import { expect, test } from "vitest";
import { expandBuiltIn, isBuiltIn } from "./built-in-procedures.ts";
import { failureOfFaults, faultOfDetail } from "./procedure-fault.ts";
import { type Argument, parseProcedureText } from "./procedure-text.ts";

function callOf(text: string) {
  const parsed = parseProcedureText(text);
  if (!parsed.ok || parsed.value.form !== "call") throw new Error(JSON.stringify(parsed));
  return parsed.value;
}

const argumentsOf = (text: string) => callOf(text).args.map(({ value }) => value);

test.each<[string, Argument[]]>([
  ["Starter", []],
  ["任务流_1", []],
  ["Flow()", []],
  [" Flow ( 1 , nil , { 10 , 20 } ) ", [1, null, [10, 20]]],
  [`Flow("a\\"b", 'c', true, false, -1.5)`, ['a"b', "c", true, false, -1.5]],
  ["Flow({})", [[]]],
])("%s is a call", (text, args) => {
  expect(argumentsOf(text)).toEqual(args);
});

test.each([
  ['{"steps": []}', "json"],
  ["[1]", "json"],
  ["return { transcode(10) }", "lua"],
  ["-- a comment\nfunction CreateProcedure() end", "lua"],
])("%s is written out", (text, form) => {
  expect(parseProcedureText(text)).toMatchObject({ value: { form } });
});

test.each([
  ["", 1, 1, "procedureTextNeeded"],
  ["Flow(1,,2)", 1, 8, "emptyArgument"],
  ["Flow(1", 1, 7, "unexpectedEnd"],
  ["Flow(1)x", 1, 8, "unexpectedCharacter"],
  ["Flow(\n  'a", 2, 3, "unfinishedString"],
  ["Flow({1, nil})", 1, 13, "nilInList"],
  ["Flow(os.exit())", 1, 6, "unexpectedCharacter"],
])("%j is wrong at %i:%i", (text, line, column, reason) => {
  expect(parseProcedureText(text)).toMatchObject({ ok: false, failure: [{ line, column, reason }] });
});

test("arguments of every shape are read as they were written", () => {
  const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[\p{L} \d"'\\]{0,12}$/u));
  const argument = fc.oneof(scalar, fc.constant(null), fc.array(scalar, { maxLength: 4 }));
  const written = (value: Argument): string => {
    if (value === null) return "nil";
    if (typeof value === "string") return JSON.stringify(value);
    return typeof value === "object" ? `{${value.map(written).join(" , ")}}` : String(value);
  };
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 6 }), (args) => {
      expect(argumentsOf(`Flow(${args.map(written).join(", ")})`)).toEqual(args);
    }),
  );
});

test("whatever the text, it is read or refused with a place inside it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const parsed = parseProcedureText(text);
      if (parsed.ok) return;
      const [fault] = parsed.failure;
      expect(fault?.line).toBeLessThanOrEqual(text.split("\n").length);
      const detail = failureOfFaults(parsed.failure).detail;
      expect(faultOfDetail(detail)).toEqual(fault);
    }),
  );
});

const DEFAULTS = { transcodes: [100_010, 100_020], watermark: 7 };

function expanded(text: string): unknown {
  const { name, args } = callOf(text);
  if (!isBuiltIn(name)) throw new Error(name);
  const steps = expandBuiltIn(name, args, DEFAULTS);
  if (!steps.ok) return steps.failure;
  return steps.value.map(({ operation, template, use }) => {
    const marks = "watermarks" in use ? use.watermarks.map((mark) => mark.template) : [];
    return [operation, template, ...marks];
  });
}

test.each([
  ["QCVB_SimpleProcessFile()", []],
  [
    "QCVB_SimpleProcessFile(1)",
    [
      ["transcode", 100_010],
      ["transcode", 100_020],
    ],
  ],
  [
    "QCVB_SimpleProcessFile(1,1)",
    [
      ["transcode", 100_010, 7],
      ["transcode", 100_020, 7],
    ],
  ],
  ["QCVB_SimpleProcessFile(0,0,10)", [["cover", 10]]],
  [
    "QCVB_SimpleProcessFile({10,20},150,10,10)",
    [
      ["transcode", 10, 150],
      ["transcode", 20, 150],
      ["cover", 10],
      ["sampled-snapshot", 10],
    ],
  ],
  ["QCVB_SimpleProcessFile({10,10},nil)", [["transcode", 10]]],
  ["QCVB_SimpleProcessFile(30)", [["transcode", 30]]],
  [
    "QCVB_ProcessUGCFile({10},0,10)",
    [
      ["transcode", 10],
      ["cover", 10],
    ],
  ],
  ["QCVB_ProcessUGCFile(0,0,0,0)", []],
])("%s", (text, steps) => {
  expect(expanded(text)).toEqual(steps);
});

test("what a built-in procedure cannot do is refused with its place", () => {
  expect(expanded("QCVB_ProcessUGCFile({10},0,10,10)")).toMatchObject({ code: "NEEDS_AI" });
  expect(expanded("QCVB_SimpleProcessFile(1,2,3,4,5)")).toMatchObject({
    ...{ code: "PROCEDURE_INVALID", detail: '1:32: tooManyArguments {"maximum":4}' },
  });
  expect(expanded('QCVB_SimpleProcessFile({10,"x"})')).toMatchObject({ detail: "1:24: templateNumbers" });
});
