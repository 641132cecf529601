import { expect, test } from "vitest";
import { learnt, speedOf, sumOf } from "./experience.ts";

test("without experience the model stands alone, with its usual spread on both sides", () => {
  expect(learnt([], 1.5, 1)).toEqual({ low: 1 / 1.5, expected: 1, high: 1.5 });
});

test("the more runs say the same, the more they count, and the narrower the range becomes", () => {
  const few = learnt([2], 1.5, 1);
  const many = learnt([2.1, 2, 1.9, 2, 2.05, 1.95, 2, 2], 1.5, 1);
  expect(few.expected).toBeGreaterThan(1.3);
  expect(few.expected).toBeLessThan(1.5);
  expect(many.expected).toBeGreaterThan(1.8);
  expect(many.high / many.low).toBeLessThan(few.high / few.low);
  expect(many.low).toBeLessThan(many.expected);
  expect(many.high).toBeGreaterThan(many.expected);
});

test("one run that went wrong moves nothing", () => {
  const expected = (ratios: number[]) => learnt(ratios, 1.5, 1).expected;
  expect(expected([1, 1, 1, 1, 50])).toBe(1);
  expect(expected([0, Number.NaN, 1])).toBe(1);
});

test("old runs are forgotten: a faster machine is believed after some of its own", () => {
  expect(learnt([...Array(40).fill(0.5), ...Array(500).fill(2)], 1.5, 1).expected).toBeLessThan(0.6);
});

test("work of a kind that was never done begins with what the machine did with others", () => {
  expect(speedOf({ sizes: {}, times: {} }, 0.8)).toBe(0.8);
  expect(speedOf({ sizes: {}, times: { a: [0.4], b: [0.5, 0.5], c: [0.6] } }, 0.8)).toBeCloseTo(0.5);
});

test("errors of several that are summed cancel out in part", () => {
  const one = { low: 90, expected: 100, high: 110 };
  expect(sumOf([one, one, one, one])).toEqual({ low: 380, expected: 400, high: 420 });
  expect(sumOf([])).toEqual({ low: 0, expected: 0, high: 0 });
});
