/** How many tests passed and failed, read from what the runners write for machines. */
import { z } from "zod";

export interface Counts {
  passed: number;
  failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

export function vitestCounts(report: unknown): Counts {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  // A file that cannot even be loaded has no tests of which one could fail.
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

const playwrightReport = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

export function playwrightCounts(report: unknown): Counts {
  const { errors, stats } = playwrightReport.parse(report);
  // Nothing is tried twice here, so a test that needed a second attempt is a failed one. Errors outside of tests
  // (a set-up that failed) are not among the counted tests.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/** A runner may fail in ways its report does not show; and none that ran nothing has succeeded. */
export function honest(counts: Counts, exitCode: number): Counts {
  const hidden = (exitCode !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
  return hidden ? { ...counts, failed: counts.failed + 1 } : counts;
}
