import { expect, test } from "vitest";
import { clampView } from "./draw-pair.ts";

test("what is seen stays within the picture, however far it is moved", () => {
  expect(clampView({ zoom: 1, x: 0.9, y: 0 })).toEqual({ zoom: 1, x: 0.5, y: 0.5 });
  expect(clampView({ zoom: 4, x: 2, y: -1 })).toEqual({ zoom: 4, x: 0.875, y: 0.125 });
  expect(clampView({ zoom: 2, x: 0.4, y: 0.6 })).toEqual({ zoom: 2, x: 0.4, y: 0.6 });
});
