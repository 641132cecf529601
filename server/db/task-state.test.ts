import { afterAll, beforeAll, expect, test } from "vitest";
import { newId, newMediaId } from "../domain/id.ts";
import { SUBTASK_STATES, type SubtaskState, taskStateOf } from "../domain/task.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("the database derives a task's state as taskStateOf does, for every mix of subtask states", async () => {
  const { db } = database;
  const media = await db.media.create({
    data: {
      id: newMediaId(),
      applicationId: 1,
      name: "m",
      kind: "video",
      source: "upload",
      storageKey: "k",
      sizeBytes: 1,
      info: {},
    },
  });
  const pipeline = await db.pipeline.findFirstOrThrow({ where: { isDefault: true } });
  const mixes = SUBTASK_STATES.flatMap((a) => SUBTASK_STATES.flatMap((b) => SUBTASK_STATES.map((c) => [a, b, c])));
  for (const mix of mixes) {
    const id = newId();
    await db.task.create({
      data: { id, applicationId: 1, mediaId: media.id, pipelineId: pipeline.id, startedBy: "console", kinds: [] },
    });
    await db.subtask.createMany({
      data: mix.map((_, index) => ({ id: newId(), taskId: id, number: index + 1, kind: "sprite", operation: {} })),
    });
    for (const [index, state] of mix.entries()) {
      await db.subtask.updateMany({ where: { taskId: id, number: index + 1 }, data: { state } });
    }
    const task = await db.task.findUniqueOrThrow({ where: { id } });
    const counts = Object.fromEntries(
      SUBTASK_STATES.map((state) => [state, mix.filter((one) => one === state).length]),
    ) as Record<SubtaskState, number>;
    expect(task.state, mix.join()).toBe(taskStateOf(counts));
    expect(task.failedCount).toBe(counts.failed);
    expect(task.endedAt === null, mix.join()).toBe(counts.waiting + counts.processing > 0);
  }
});
