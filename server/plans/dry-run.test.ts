import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { step } from "../domain/procedure.ts";
import { addFilm } from "../tasks/test-tasks.ts";
import { dryRun } from "./dry-run.ts";

let database: TestDatabase;
let mediaId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  mediaId = await addFilm(database.db);
});
afterAll(() => database.drop());

const of = (operation: string, template: number, more: object = {}) => step.parse({ operation, template, ...more });

async function ran(...args: [work: Parameters<typeof dryRun>[2], mediaId: string | null]) {
  const run = await dryRun(database.db, 1, ...args);
  if (!run.ok) throw new Error(run.failure.code);
  return run.value;
}

test("a procedure says its subtasks, the commands of what they share as one, what comes of it and what it costs", async () => {
  const { subtasks, runs, total, typical } = await ran({ procedureName: "Starter" }, mediaId);
  expect(typical).toBe(false);
  expect(subtasks.map(({ number, kind, failure }) => [number, kind, failure])).toEqual([
    [1, "transcode", null],
    [2, "transcode", null],
    [3, "transcode", null],
    [4, "cover", null],
    [5, "sampled-snapshot", null],
    [6, "sprite", null],
  ]);
  expect(subtasks[0]).toMatchObject({
    template: { definition: 100_010 },
    operation: { kind: "transcode", params: { video: { heightPx: 360 } } },
    outputs: [{ role: "video", name: "video.mp4" }],
  });
  const [shared, ...others] = runs;
  expect(shared?.numbers).toEqual(expect.arrayContaining([1, 2, 3]));
  expect(shared?.commands).toHaveLength(1);
  // One input, and each rendition's file.
  const argv = shared?.commands[0] ?? [];
  expect(argv[0]).toBe("ffmpeg");
  expect(argv.filter((argument) => argument === "-i")).toHaveLength(1);
  for (const folder of ["1", "2", "3"]) expect(argv).toContain(`${folder}/outputs/video.mp4`);
  expect(others.some(({ numbers }) => numbers.includes(4))).toBe(true);
  const sizes = subtasks.map(({ sizeBytes }) => sizeBytes?.expected ?? 0);
  expect(total.sizeBytes.expected).toBeCloseTo(sizes.reduce((sum, bytes) => sum + bytes, 0));
  expect(total.seconds.low).toBeLessThan(total.seconds.high);
  // Nothing was started.
  expect(await database.db.task.count()).toBe(0);
});

test("what would fail says why, and the others are planned", async () => {
  const late = { startOffsetSeconds: 500_000 };
  const steps = [of("transcode", 4_000_000), of("transcode", 100_010, { use: late }), of("remux", 875)];
  const { subtasks, runs } = await ran({ steps }, mediaId);
  expect(subtasks.map(({ failure, sizeBytes }) => [failure?.code, sizeBytes === null])).toEqual([
    ["TEMPLATE_NOT_FOUND", true],
    ["INVALID_TIME_OFFSET", true],
    [undefined, false],
  ]);
  expect(runs.map(({ numbers }) => numbers)).toEqual([[3]]);
});

test("without a media it is a typical one that is asked about", async () => {
  const { typical, subtasks } = await ran({ steps: [of("transcode", 100_030)] }, null);
  expect(typical).toBe(true);
  expect(subtasks[0]?.sizeBytes?.expected).toBeGreaterThan(5_000_000);
});

test("another application's media and a procedure that is not there answer as what does not exist", async () => {
  const { db } = database;
  expect(await dryRun(db, 2, { procedureName: "Starter" }, mediaId)).toMatchObject({
    failure: { code: "MEDIA_NOT_FOUND" },
  });
  expect(await dryRun(db, 1, { procedureName: "nope" }, mediaId)).toMatchObject({
    failure: { code: "PROCEDURE_NOT_FOUND" },
  });
});
