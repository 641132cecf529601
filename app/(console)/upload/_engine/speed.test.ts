import { expect, test } from "vitest";
import { beginMeasuring, measure, remainingSeconds } from "./speed.ts";

const MB = 1_000_000;

test("nothing is claimed before there is something to measure", () => {
  const speed = measure(beginMeasuring(0, 0), 1 * MB, 100);
  expect(speed.bytesPerSecond).toBeNull();
  expect(remainingSeconds(speed, 10 * MB)).toBeNull();
});

test("a steady transfer shows its real speed and time left", () => {
  let speed = beginMeasuring(0, 0);
  for (let second = 1; second <= 5; second++) speed = measure(speed, second * 2 * MB, second * 1000);
  expect(speed.bytesPerSecond).toBeCloseTo(2 * MB);
  expect(remainingSeconds(speed, 30 * MB)).toBeCloseTo(10);
});

test("one burst moves the shown speed by less than a fifth of the jump", () => {
  const steady = measure(beginMeasuring(0, 0), 1 * MB, 1000);
  const burst = measure(steady, 11 * MB, 2000);
  expect(burst.bytesPerSecond).toBeGreaterThan(1 * MB);
  expect(burst.bytesPerSecond).toBeLessThan(3 * MB);
});

test("a lasting change is followed within a quarter of a minute", () => {
  let speed = measure(beginMeasuring(0, 0), 10 * MB, 1000);
  for (let second = 1; second <= 15; second++) speed = measure(speed, 10 * MB + second * MB, 1000 + second * 1000);
  expect(speed.bytesPerSecond).toBeLessThan(1.5 * MB);
});

test("the answer does not depend on how often it is asked", () => {
  const start = measure(beginMeasuring(0, 0), 4 * MB, 1000);
  const once = measure(start, 6 * MB, 3000);
  const twice = measure(measure(start, 5 * MB, 2000), 6 * MB, 3000);
  expect(twice.bytesPerSecond).toBeCloseTo(once.bytesPerSecond ?? 0);
});

test("resuming in the middle does not count what was there before", () => {
  const speed = measure(beginMeasuring(500 * MB, 0), 501 * MB, 1000);
  expect(speed.bytesPerSecond).toBeCloseTo(1 * MB);
});

test("a chunk sent again is not negative speed", () => {
  const speed = measure(beginMeasuring(0, 0), 10 * MB, 1000);
  expect(measure(speed, 2 * MB, 2000).bytesPerSecond).toBe(speed.bytesPerSecond);
});

test("a transfer that stands still promises no time", () => {
  let speed = measure(beginMeasuring(0, 0), 1000, 1000);
  for (let second = 2; second < 60; second++) speed = measure(speed, 1000, second * 1000);
  expect(remainingSeconds(speed, MB)).toBeNull();
});
