/** Everything `npm test` runs, in order, cheap ones first. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildConsole } from "../setup/build.ts";
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
    { name: "types", run: () => one("types") },
    { name: "lint", run: () => one("lint") },
    { name: "import arrows", run: () => one("imports") },
    { name: "unused code", run: () => one("unused") },
    { name: "unit and integration tests", run: unit },
    { name: "production build", run: build },
    { name: "journeys in the browser", run: () => journeys(chromium) },
  ];
}

function unit(): Promise<Counts> {
  const args = ["--reporter=default", "--reporter=json", `--outputFile.json=${UNIT_REPORT}`];
  return counted("unit", args, {}, UNIT_REPORT, vitestCounts);
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
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: join(process.cwd(), JOURNEY_REPORT) };
  return counted("e2e", ["--reporter=list,json"], env, JOURNEY_REPORT, playwrightCounts);
}

/** A check that either passes or fails as a whole. */
async function one(script: string): Promise<Counts> {
  const code = await show(script, []);
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

/** The scripts of package.json, so that a check here and by hand is the same. */
async function show(script: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const { code } = await run("npm", ["run", "--silent", script, "--", ...args], {
    show: true,
    env: { ...process.env, ...env },
  });
  return code;
}
