import { describe, expect, test } from "vitest";
import { honest, playwrightCounts, vitestCounts } from "./counts.ts";

describe("what counts as a failed test", () => {
  test("a vitest file that cannot be loaded", () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        { status: "failed", assertionResults: [{}, {}] },
        { status: "passed", assertionResults: [{}, {}] },
        { status: "failed", assertionResults: [] },
      ],
    };
    expect(vitestCounts(report)).toEqual({ passed: 3, failed: 2 });
  });

  test("a journey that needed a second attempt, and an error outside of all journeys", () => {
    const report = { errors: [{}], stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } };
    expect(playwrightCounts(report)).toEqual({ passed: 5, failed: 3 });
  });

  test("a runner that ends badly though all its tests passed, or that ran none", () => {
    expect(honest({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 });
    expect(honest({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
    expect(honest({ passed: 5, failed: 1 }, 1)).toEqual({ passed: 5, failed: 1 });
    expect(honest({ passed: 5, failed: 0 }, 0)).toEqual({ passed: 5, failed: 0 });
  });
});
