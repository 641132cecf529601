import { expect, test } from "vitest";
import { referencesOf } from "./references.ts";

test("references are found at any depth, each once, and nothing else is one", () => {
  const params = {
    watermarks: [{ image: { assetId: "a1" } }, { image: { assetId: "a1" } }, { image: null }],
    head: { mediaId: "m1" },
    assetId: 7,
    name: "assetId",
  };
  expect(referencesOf(params)).toEqual([
    { of: "asset", id: "a1" },
    { of: "media", id: "m1" },
  ]);
  expect(referencesOf(null)).toEqual([]);
});
