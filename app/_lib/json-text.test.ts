import { expect, test } from "vitest";
import { readJsonText } from "./json-text.ts";

const TEXT = '{\n  "video": {\n    "codec": "h264",\n    "rungs": [ { "gop": 1 } ]\n  }\n}';

test("a value is found by its row and column, and what is missing by what it is missing from", () => {
  const { value, placed, faults } = readJsonText(TEXT);
  expect(faults).toEqual([]);
  expect(value).toMatchObject({ video: { codec: "h264" } });
  const at = (path: string) => {
    const { line, column } = placed({ path, message: "", values: {} });
    return [line, column];
  };
  expect(at("video.codec")).toEqual([3, 14]);
  expect(at("video.rungs.0.gop")).toEqual([4, 25]);
  expect(at("video.rungs.0.video.codec")).toEqual([4, 16]);
  expect(at("nothing")).toEqual([1, 1]);
});

test("what is no JSON is said where it stops being JSON", () => {
  expect(readJsonText('{\n  "a": 1,\n  "b": oops\n}').faults).toMatchObject([
    { message: "jsonSyntax", line: 3, column: 8 },
  ]);
  expect(readJsonText("").faults).toMatchObject([{ message: "jsonSyntax", line: 1, column: 1 }]);
});

test("a name that stands twice is refused, as one of its values would be lost", () => {
  const { value, faults } = readJsonText('{ "a": 1,\n"a": 2 }');
  expect(value).toBeUndefined();
  expect(faults).toMatchObject([{ message: "jsonTwice", values: { field: "a" }, line: 2, column: 1 }]);
});

test("what is too deep is refused before anything goes down with it", () => {
  expect(readJsonText("[".repeat(10_000)).faults).toMatchObject([{ message: "jsonTooDeep" }]);
});
