import fc from "fast-check";
import { expect, test } from "vitest";
import { paramOfTags, tagsInParam } from "./tag-param.ts";

test("an address says the same tags again, whatever is in them", () => {
  const tag = fc.string({ minLength: 1, unit: fc.constantFrom("a", "字", ",", "\\", " ") });
  fc.assert(
    fc.property(fc.array(tag), (tags) => {
      expect(tagsInParam(paramOfTags(tags))).toEqual(tags);
    }),
  );
});

test("ordinary tags stand there as they are", () => {
  expect(paramOfTags(["sea", "whales"])).toBe("sea,whales");
  expect(tagsInParam("")).toEqual([]);
  expect(tagsInParam("\\")).toEqual([]);
});
