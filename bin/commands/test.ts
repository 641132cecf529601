/**
 * `npm test`: every check there is. One that fails does not keep the next from running. The last line is always
 * "N passed, N failed", over all tests of vitest and Playwright and each other check as one.
 */
import { availableParallelism, totalmem } from "node:os";
import { styleText } from "node:util";
import { SETTING_NAMES } from "#server/env.ts";
import { allChecks, type Check } from "../checks/checks.ts";
import type { Counts } from "../checks/counts.ts";
import { requireChromium } from "../setup/chromium.ts";
import { endRunning } from "../setup/command.ts";
import { requireFfmpeg } from "../setup/ffmpeg.ts";
import { ensureFonts } from "../setup/fonts.ts";
import { explain } from "../setup/refusal.ts";
import { secondsSince } from "../setup/step.mjs";
import { listenForStop } from "../supervise/stop-requests.ts";

const stop = listenForStop(
  (signal) => endRunning(signal),
  () => endRunning("SIGKILL"),
);
// The tests start instances of their own; what is set for the caller's must not reach them.
for (const name of [...SETTING_NAMES, "NODE_ENV"]) delete process.env[name];
process.env.NEXT_TELEMETRY_DISABLED = "1";

const startedAt = Date.now();
const results: { check: string; counts: Counts; took: string }[] = [];

const gib = Math.round(totalmem() / 2 ** 30);
console.log(`Node ${process.versions.node}, ${availableParallelism()} cores, ${gib} GiB memory`);
const chromium = await toolsOrNull();
for (const check of allChecks(chromium)) {
  if (stop.signal.aborted) break;
  await carryOut(check);
}

console.log(styleText("bold", `\nSummary  ${secondsSince(startedAt)}`));
for (const { check, counts, took } of results) {
  const verdict = counts.failed === 0 ? `${counts.passed} passed` : `${counts.passed} passed, ${counts.failed} failed`;
  console.log(`  ${counts.failed === 0 ? "✓" : "✗"} ${check.padEnd(28)} ${verdict.padEnd(24)} ${took}`);
}
if (stop.signal.aborted) console.log("  ✗ Stopped before the end.");
const passed = results.reduce((sum, { counts }) => sum + counts.passed, 0);
const failed = results.reduce((sum, { counts }) => sum + counts.failed, stop.signal.aborted ? 1 : 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function carryOut({ name, run }: Check): Promise<void> {
  const checkStartedAt = Date.now();
  console.log(styleText("bold", `\n── ${name} ──`));
  let counts: Counts;
  try {
    counts = await run();
  } catch (error) {
    explain(error);
    counts = { passed: 0, failed: 1 };
  }
  const took = secondsSince(checkStartedAt);
  console.log(`${counts.failed === 0 ? "✓" : "✗"} ${name}  ${took}`);
  results.push({ check: name, counts, took });
}

/** ffmpeg and the browser. Without one of them its tests fail and say so; the others still tell what they can. */
async function toolsOrNull(): Promise<string | null> {
  try {
    console.log(`ffmpeg ${await requireFfmpeg()}`);
    await ensureFonts();
  } catch (error) {
    explain(error);
  }
  try {
    const path = await requireChromium();
    console.log(`Browser ${path}`);
    return path;
  } catch (error) {
    explain(error);
    return null;
  }
}
