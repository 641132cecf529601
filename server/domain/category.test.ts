import { expect, test } from "vitest";
import { type Category, pathOf, withDescendants } from "./category.ts";

const TREE: Category[] = [
  { id: 4, parentId: 2, name: "whales" },
  { id: 1, parentId: null, name: "films" },
  { id: 3, parentId: null, name: "sounds" },
  { id: 2, parentId: 1, name: "sea" },
];
const byId = new Map(TREE.map((one) => [one.id, one]));

test("a path leads from the top level down", () => {
  expect(pathOf(byId, 4).map(({ name }) => name)).toEqual(["films", "sea", "whales"]);
  expect(pathOf(byId, null)).toEqual([]);
  expect(pathOf(byId, 99)).toEqual([]);
});

test("a category means everything below it, too", () => {
  expect(withDescendants(TREE, [1]).toSorted()).toEqual([1, 2, 4]);
  expect(withDescendants(TREE, [4, 3]).toSorted()).toEqual([3, 4]);
  expect(withDescendants(TREE, [])).toEqual([]);
});
