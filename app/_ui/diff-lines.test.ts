import fc from "fast-check";
import { expect, test } from "vitest";
import { diffLines } from "./diff-lines.ts";

test("what is gone stands before what came for it", () => {
  expect(diffLines("a\nb\nc", "a\nx\nc").map(({ is, text }) => `${is} ${text}`)).toEqual([
    "same a",
    "gone b",
    "new x",
    "same c",
  ]);
});

test("both texts can be read out of their difference", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 12 })
    .map((all) => all.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const without = (is: string) => lines.filter((line) => line.is !== is).map((line) => line.text);
      expect(without("new").join("\n")).toBe(before);
      expect(without("gone").join("\n")).toBe(after);
    }),
  );
});
