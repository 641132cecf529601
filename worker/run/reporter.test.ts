import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { ClaimedRun } from "#server/tasks/claim-run.ts";
import { addTask, claimAdmitted } from "#server/tasks/test-tasks.ts";
import { Reporter } from "./reporter.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function openReporter(): Promise<{ run: ClaimedRun; reporter: Reporter }> {
  const run = await claimAdmitted(database.db, await addTask(database.db));
  return { run, reporter: new Reporter(database.db, run, pino({ level: "silent" })) };
}

async function logOf(run: ClaimedRun): Promise<{ pieces: number; text: string }> {
  const chunks = await database.db.runLogChunk.findMany({ where: { runId: run.runId }, orderBy: { number: "asc" } });
  return { pieces: chunks.length, text: chunks.map((chunk) => chunk.text).join("") };
}

test("no line is lost, in whatever bursts they come, and they are written once a second at most", async () => {
  const { run, reporter } = await openReporter();
  const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`);
  const startedMs = performance.now();
  for (const line of lines.slice(0, 100)) reporter.line(line);
  await expect.poll(async () => (await logOf(run)).pieces).toBe(1);
  for (const line of lines.slice(100, 200)) reporter.line(line);
  await expect.poll(async () => (await logOf(run)).pieces, { timeout: 5_000 }).toBe(2);
  expect(performance.now() - startedMs).toBeGreaterThan(900);
  for (const line of lines.slice(200)) reporter.line(line);
  await reporter.close();
  const { pieces, text } = await logOf(run);
  expect(text).toBe(lines.map((line) => `${line}\n`).join(""));
  expect(pieces).toBe(3);
});

test("of a flood the newest lines stay, after a word on those left out", async () => {
  const { run, reporter } = await openReporter();
  for (let index = 0; index < 10_000; index++) reporter.line(`line ${index} of a flood`);
  await reporter.close();
  const { text } = await logOf(run);
  expect(text).toMatch(/^\[lines left out\]\nline \d+ of a flood\n/);
  expect(text).toMatch(/line 9999 of a flood\n$/);
  expect(text.match(/left out/g)).toHaveLength(1);
  expect(text.length).toBeLessThan(70_000);
});

test("the newest progress is what is told", async () => {
  const { db } = database;
  const { run, reporter } = await openReporter();
  const [subtask] = run.subtasks;
  for (const percent of [1, 2, 40]) {
    reporter.progress({ subtasks: [{ id: subtask?.id ?? "", percent }], speed: 2, remainingSeconds: 30 });
  }
  const read = () => db.run.findUniqueOrThrow({ where: { id: run.runId } });
  await expect.poll(read).toMatchObject({ progressPercent: 40, speed: 2, remainingSeconds: 30 });
  await reporter.close();
});

test("a run that was given to another attempt hears nothing of the old one", async () => {
  const { run, reporter } = await openReporter();
  await database.db.$executeRaw`UPDATE "Run" SET "fencing" = nextval('"RunFencing"') WHERE "id" = ${run.runId}`;
  reporter.line("too late");
  await reporter.close();
  expect(await logOf(run)).toEqual({ pieces: 0, text: "" });
});
