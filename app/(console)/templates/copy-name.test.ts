import { expect, test } from "vitest";
import { copyName } from "./copy-name.ts";

const copyOf = (name: string) => `${name} copy`;

test("a duplicate gets a name that none has", () => {
  expect(copyName("Clear", [], copyOf)).toBe("Clear copy");
  expect(copyName("Clear", ["Clear copy", "Clear copy 2"], copyOf)).toBe("Clear copy 3");
});

test("a long name is cut, so that the copy still has room", () => {
  const name = copyName("x".repeat(64), [`${"x".repeat(59)} copy`], copyOf);
  expect(name).toBe(`${"x".repeat(57)} copy 2`);
});
