import { expect, test } from "vitest";
import { FailureLimit } from "./failure-limit.ts";

function aLimit() {
  const clock = { ms: 0 };
  return { clock, limit: new FailureLimit({ max: 2, windowMs: 1_000, now: () => clock.ms }) };
}

test("a key waits until the first of its last failures is out of the window; others do not", () => {
  const { clock, limit } = aLimit();
  limit.recordFailure("ada");
  clock.ms = 300;
  expect(limit.waitMs("ada")).toBe(0);
  limit.recordFailure("ada");
  expect(limit.waitMs("ada")).toBe(700);
  expect(limit.waitMs("bob")).toBe(0);
  clock.ms = 1_000;
  expect(limit.waitMs("ada")).toBe(0);
});

test("keys that no longer count are forgotten, also while one is tried again and again", () => {
  const { clock, limit } = aLimit();
  limit.recordFailure("attacked");
  for (let number = 0; number < 100; number++) {
    clock.ms += 500;
    limit.recordFailure("attacked");
    limit.recordFailure(`typed ${number}`);
  }
  expect(limit.size).toBeLessThan(5);
});
