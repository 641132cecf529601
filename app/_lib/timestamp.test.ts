import { expect, test } from "vitest";
import { formatTimestamp } from "./format.ts";
import { parseTimestamp } from "./timestamp.ts";

test.each([
  ["0", 0],
  ["62.5", 62.5],
  ["62,5", 62.5],
  ["1:02.5", 62.5],
  [" 1:02:03.25 ", 3723.25],
  ["90:00", 5400],
  ["", null],
  ["1:75", null],
  ["1:75:00", null],
  ["-1", null],
  ["1:", null],
  ["soon", null],
])("%j is %s s", (text, seconds) => {
  expect(parseTimestamp(text)).toBe(seconds);
});

test("what is written as a time is read as the same time", () => {
  for (const seconds of [0, 0.04, 59.999, 61.5, 3723.25])
    expect(parseTimestamp(formatTimestamp(seconds))).toBe(seconds);
});
