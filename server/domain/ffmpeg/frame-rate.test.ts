import { expect, test } from "vitest";
import { frameRateText } from "./frame-rate.ts";

test.each([
  [25, "25"],
  [24000 / 1001, "24000/1001"],
  [29.97, "30000/1001"],
  [60000 / 1001, "60000/1001"],
  [12.5, "12500/1000"],
  [30.2, "30200/1000"],
])("%f frames a second are written %s", (framesPerSecond, text) => {
  expect(frameRateText(framesPerSecond)).toBe(text);
});
