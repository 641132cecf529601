import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { A_VIDEO } from "../domain/operations/test-plans.ts";
import { type Step, step } from "../domain/procedure.ts";
import { createTasks } from "./create-tasks.ts";
import { addFilm, addMedia, addPipeline, addTask, COVER, SPRITE, UNKNOWN } from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const transcode = (template: number, more: object = {}) => step.parse({ operation: "transcode", template, ...more });
const [RENDITION_360, RENDITION_540] = [transcode(100_010), transcode(100_020)];
const SAMPLES = step.parse({ operation: "sampled-snapshot", template: 10 });

/** The numbers of the subtasks each run of the task holds, in the order they will be admitted. */
async function runsOf(taskId: string): Promise<number[][]> {
  const runs = await database.db.run.findMany({
    where: { taskId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { subtasks: { select: { subtask: { select: { number: true, runId: true } } } }, id: true },
  });
  return runs.map(({ id, subtasks }) => {
    expect(subtasks.map(({ subtask }) => subtask.runId)).toEqual(subtasks.map(() => id));
    return subtasks.map(({ subtask }) => subtask.number).sort((a, b) => a - b);
  });
}

async function newTask(mediaId: string, ...steps: Step[]): Promise<string> {
  return addTask(database.db, { mediaId, steps, pipelineId: await addPipeline(database.db, 0) });
}

test("what decodes the whole picture and ends with the others shares a run; everything else has its own", async () => {
  const taskId = await newTask(
    await addFilm(database.db),
    RENDITION_360,
    COVER,
    transcode(510),
    RENDITION_540,
    step.parse({ operation: "remux", template: 875 }),
    SAMPLES,
    UNKNOWN,
    transcode(100_030, { use: { startOffsetSeconds: 5 } }),
    SPRITE,
    transcode(100_030, { use: { startOffsetSeconds: 500 } }),
  );
  // 3 is H.265, 8 another stretch of the film; 10 is beyond its end, and 7 has no template.
  expect(await runsOf(taskId)).toEqual([[1, 4, 6, 9], [2], [3], [5], [8], [10]]);
});

test("pictures of a long film are sought, so they share nothing; its renditions do", async () => {
  const info = { video: { ...A_VIDEO, durationSeconds: 3600 }, durationSeconds: 3600 };
  const mediaId = await addMedia(database.db, info);
  expect(await runsOf(await newTask(mediaId, SPRITE, RENDITION_360, SAMPLES, RENDITION_540))).toEqual([
    [1],
    [2, 4],
    [3],
  ]);
});

test("each of several media is grouped by what it is itself", async () => {
  const { db } = database;
  const steps = [RENDITION_360, SPRITE];
  const request = { applicationId: 1, startedBy: "console" as const, steps, pipelineId: await addPipeline(db, 0) };
  const created = await createTasks(db, request, [await addFilm(db), await addMedia(db)]);
  if (!created.ok) throw new Error(created.failure.code);
  const [film = "", sound = ""] = created.value.taskIds;
  expect([await runsOf(film), await runsOf(sound)]).toEqual([[[1, 2]], [[1], [2]]]);
});
