/** Everything `npm test` runs, in order, cheap ones first. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildConsole, generateClient, installedProgram } from "../setup/build.ts";
import { run } from "../setup/command.ts";
import { explain } from "../setup/refusal.ts";
import { type Counts, honest, playwrightCounts, vitestCounts } from "./counts.ts";

export interface Check {
  name: string;
  run: () => Promise<Counts>;
}

const REPORTS = ".cache/reports";
const UNIT_REPORT = join(REPORTS, "unit.json");
const JOURNEY_REPORT = join(REPORTS, "e2e.json");

export function allChecks(chromium: string | null): Check[] {
  return [
    { name: "types", run: types },
    { name: "lint", run: () => one("node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]) },
    { name: "imports", run: () => one("node_modules/dependency-cruiser/bin/dependency-cruise.mjs", IMPORT_ARGS) },
    { name: "unused code", run: () => one("node_modules/knip/bin/knip.js", []) },
    { name: "unit and integration tests", run: unit },
    { name: "production build", run: build },
    { name: "journeys in the browser", run: () => journeys(chromium) },
  ];
}

const IMPORT_ARGS = ["--config", ".dependency-cruiser.mjs", "app", "server", "worker", "bin"];

async function types(): Promise<Counts> {
  await generateClient();
  const generated = await show(installedProgram("next"), ["typegen"]);
  return generated === 0 ? one("node_modules/typescript/bin/tsc", []) : { passed: 0, failed: 1 };
}

async function unit(): Promise<Counts> {
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${UNIT_REPORT}`];
  return counted("node_modules/vitest/vitest.mjs", args, {}, UNIT_REPORT, vitestCounts);
}

async function build(): Promise<Counts> {
  try {
    if (!(await buildConsole())) console.log("The sources are those of the last build.");
    return { passed: 1, failed: 0 };
  } catch (error) {
    explain(error);
    return { passed: 0, failed: 1 };
  }
}

async function journeys(chromium: string | null): Promise<Counts> {
  if (chromium === null) return { passed: 0, failed: 1 };
  const args = ["test", "--config", "e2e/playwright.config.ts", "--reporter=list,json"];
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: join(process.cwd(), JOURNEY_REPORT) };
  return counted("node_modules/@playwright/test/cli.js", args, env, JOURNEY_REPORT, playwrightCounts);
}

/** A check that either passes or fails as a whole. */
async function one(script: string, args: readonly string[]): Promise<Counts> {
  const code = await show(script, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function counted(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  report: string,
  countsOf: (report: unknown) => Counts,
): Promise<Counts> {
  await rm(report, { force: true });
  await mkdir(REPORTS, { recursive: true });
  const code = await show(script, args, env);
  const counts = await readFile(report, "utf8").then(
    (text) => countsOf(JSON.parse(text)),
    () => ({ passed: 0, failed: 0 }),
  );
  return honest(counts, code);
}

async function show(script: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const { code } = await run(process.execPath, [script, ...args], { show: true, env: { ...process.env, ...env } });
  return code;
}
