import { afterAll, beforeAll, expect, test } from "vitest";
import { step } from "#domain/procedure.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { inTransaction } from "../db/transaction.ts";
import { createTask, createTaskInTx } from "./create-task.ts";
import { addMedia, addPipeline, addTask, COVER, eventsOf, runsOf, SPRITE, subtasksOf, UNKNOWN } from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const from = { applicationId: 1, startedBy: "console" } as const;

test("a task has its subtasks in order, each with a run, and the first of them are admitted with a job", async () => {
  const { db } = database;
  const pipelineId = await addPipeline(db, 2);
  const taskId = await addTask(db, { pipelineId, priority: 3, steps: [SPRITE, COVER, SPRITE] });
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  expect(task).toMatchObject({
    state: "waiting",
    waitingCount: 3,
    priority: 3,
    endedAt: null,
    kinds: ["cover", "sprite"],
  });
  const subtasks = await subtasksOf(db, taskId);
  expect(subtasks.map(({ number, kind, templateDefinition }) => [number, kind, templateDefinition])).toEqual([
    [1, "sprite", 10],
    [2, "cover", 10],
    [3, "sprite", 10],
  ]);
  const runs = await runsOf(db, taskId);
  expect(runs.map(({ id, state, attempt, priority }) => [id, state, attempt, priority])).toEqual([
    [subtasks[0]?.runId, "admitted", 1, 3],
    [subtasks[1]?.runId, "admitted", 1, 3],
    [subtasks[2]?.runId, "queued", 1, 3],
  ]);
  const jobs = await db.$queryRaw<{ key: string; payload: unknown; priority: number }[]>`
    SELECT key, payload, priority FROM graphile_worker._private_jobs WHERE key = ANY (${runs.map((run) => run.id)}) ORDER BY key`;
  expect(jobs).toEqual(runs.slice(0, 2).map(({ id }) => ({ key: id, payload: { runId: id }, priority: -3 })));
});

test("a step whose template does not exist is a subtask that has failed, while the others wait to run", async () => {
  const { db } = database;
  const taskId = await addTask(db, { pipelineId: await addPipeline(db, 9), steps: [UNKNOWN, SPRITE] });
  const [failed, waiting] = await subtasksOf(db, taskId);
  expect(failed).toMatchObject({ state: "failed", errorCode: "TEMPLATE_NOT_FOUND", operation: null, runId: null });
  expect(waiting?.state).toBe("waiting");
  expect(await runsOf(db, taskId)).toHaveLength(1);
  expect((await db.task.findUniqueOrThrow({ where: { id: taskId } })).state).toBe("processing");
  expect(await eventsOf(db, taskId)).toEqual(["subtask.failed"]);
});

test("a step whose template needs what is not here fails by itself, and says what it needs", async () => {
  const { db } = database;
  const drm = step.parse({ operation: "adaptive-streaming", template: 11 });
  const taskId = await addTask(db, { pipelineId: await addPipeline(db, 9), steps: [drm, SPRITE] });
  const [failed, waiting] = await subtasksOf(db, taskId);
  expect(failed).toMatchObject({ state: "failed", errorCode: "NEEDS_DRM", kind: "adaptive-streaming", runId: null });
  expect(waiting?.state).toBe("waiting");
});

test("a task none of whose steps can run has failed at once, and says so once", async () => {
  const { db } = database;
  const taskId = await addTask(db, { steps: [UNKNOWN, UNKNOWN] });
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  expect(task.state).toBe("failed");
  expect(task.endedAt).not.toBeNull();
  expect(await eventsOf(db, taskId)).toEqual(["subtask.failed", "subtask.failed", "task.finished"]);
});

test("a task without steps has succeeded at once, and says so", async () => {
  const { db } = database;
  const taskId = await addTask(db, { steps: [] });
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  expect(task.state).toBe("succeeded");
  expect(task.endedAt).not.toBeNull();
  expect(await eventsOf(db, taskId)).toEqual(["task.finished"]);
});

test("media of another application, deleted media and media that never was are the same: not found, nothing written", async () => {
  const { db } = database;
  const other = await db.application.create({ data: { name: "Other" } });
  const deleted = await addMedia(db);
  await db.media.update({ where: { id: deleted }, data: { deletedAt: new Date() } });
  const before = await db.task.count();
  for (const mediaId of [await addMedia(db, { applicationId: other.id }), deleted, "1234"]) {
    const created = await createTask(db, { ...from, mediaId, steps: [SPRITE] });
    expect(created).toEqual({ ok: false, failure: { code: "MEDIA_NOT_FOUND", detail: mediaId } });
  }
  expect(await db.task.count()).toBe(before);
});

test("a pipeline, procedure or parameter that is not there is refused by its code", async () => {
  const { db } = database;
  const mediaId = await addMedia(db);
  const codes = await Promise.all([
    createTask(db, { ...from, mediaId, steps: [SPRITE], pipelineId: 999 }),
    createTask(db, { ...from, mediaId, procedureName: "nobody-made-it" }),
    createTask(db, { ...from, mediaId, steps: [{ ...SPRITE, override: { columns: -1 } }] }),
    createTask(db, { ...from, mediaId, steps: [SPRITE], outputDir: "../../a2" }),
  ]);
  expect(codes.map((created) => !created.ok && created.failure.code)).toEqual([
    "PIPELINE_NOT_FOUND",
    "PROCEDURE_NOT_FOUND",
    "INVALID_PARAMETER",
    "INVALID_PARAMETER",
  ]);
});

test("a preset procedure expands, and a custom one in its newest version, with custom templates frozen", async () => {
  const { db } = database;
  const mediaId = await addMedia(db);
  const preset = await createTask(db, { ...from, mediaId, procedureName: "PreviewImages" });
  if (!preset.ok) throw new Error(preset.failure.code);
  expect(await db.task.findUniqueOrThrow({ where: { id: preset.value.taskId } })).toMatchObject({
    procedureName: "PreviewImages",
    procedureVersion: null,
    waitingCount: 3,
  });
  const definition = 1_000_001;
  await db.template.create({
    data: {
      applicationId: 1,
      kind: "sprite",
      family: "sprite",
      definition,
      name: "mine",
      versions: { create: { version: 1, name: "mine", params: { columns: 7 } } },
    },
  });
  await db.procedure.create({
    data: {
      applicationId: 1,
      name: "mine",
      currentVersion: 2,
      versions: {
        create: [
          { version: 1, body: { steps: [SPRITE, SPRITE] } },
          { version: 2, body: { steps: [{ operation: "sprite", template: definition }] } },
        ],
      },
    },
  });
  const custom = await createTask(db, { ...from, mediaId, procedureName: "mine" });
  if (!custom.ok) throw new Error(custom.failure.code);
  expect(await db.task.findUniqueOrThrow({ where: { id: custom.value.taskId } })).toMatchObject({
    procedureName: "mine",
    procedureVersion: 2,
    waitingCount: 1,
  });
  const [subtask] = await subtasksOf(db, custom.value.taskId);
  expect(subtask).toMatchObject({
    templateDefinition: definition,
    templateVersion: 1,
    templateName: "mine",
    operation: { kind: "sprite", params: { columns: 7 } },
  });
});

test("of two calls with one session id at the same moment one makes a task, the other is refused and names it", async () => {
  const { db } = database;
  const mediaId = await addMedia(db);
  const calls = Array.from({ length: 4 }, () =>
    createTask(db, { ...from, mediaId, steps: [SPRITE], sessionId: "at-once" }),
  );
  const results = await Promise.all(calls);
  const made = results.filter((result) => result.ok);
  expect(made).toHaveLength(1);
  const [first] = await db.task.findMany({ where: { sessionId: "at-once" } });
  for (const result of results) {
    if (!result.ok) expect(result.failure).toEqual({ code: "SESSION_REPEATED", detail: first?.id });
  }
});

test.each([
  { startedBy: "api", named: true, days: 7 },
  { startedBy: "api", named: false, days: 3 },
  { startedBy: "console", named: true, days: 3 },
] as const)(
  "a session id is remembered for $days days ($startedBy, procedure by name: $named)",
  async ({ startedBy, named, days }) => {
    const { db } = database;
    const mediaId = await addMedia(db);
    const sessionId = `${startedBy}-${named}`;
    const work = named ? { procedureName: "PreviewImages" } : { steps: [SPRITE] };
    const create = () => createTask(db, { applicationId: 1, mediaId, startedBy, sessionId, ...work });
    const age = (hours: number) => db.$executeRaw`
    UPDATE "Task" SET "createdAt" = now() - make_interval(hours => ${hours}::int) WHERE "sessionId" = ${sessionId}`;
    expect((await create()).ok).toBe(true);
    await age(days * 24 - 1);
    expect(await create()).toMatchObject({ failure: { code: "SESSION_REPEATED" } });
    await age(days * 24 + 1);
    expect((await create()).ok).toBe(true);
  },
);

test("a session id of another application is another session; an empty one is none", async () => {
  const { db } = database;
  const other = await db.application.create({ data: { name: "Other" } });
  await db.pipeline.create({ data: { applicationId: other.id, name: "default", capacity: 1, isDefault: true } });
  await addTask(db, { sessionId: "shared" });
  const mediaId = await addMedia(db, { applicationId: other.id });
  await addTask(db, { applicationId: other.id, mediaId, sessionId: "shared" });
  await addTask(db, { sessionId: "" });
  await addTask(db, { sessionId: "" });
});

test("a task made inside another transaction exists exactly if that commits", async () => {
  const { db } = database;
  const mediaId = await addMedia(db);
  const pipelineId = await addPipeline(db, 1);
  const task = { ...from, mediaId, pipelineId, steps: [SPRITE] };
  await expect(
    inTransaction(db, async (tx) => {
      expect((await createTaskInTx(tx, task)).ok).toBe(true);
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await db.task.count({ where: { mediaId } })).toBe(0);
  await inTransaction(db, (tx) => createTaskInTx(tx, task));
  expect(await db.run.findMany({ where: { pipelineId }, select: { state: true } })).toEqual([{ state: "admitted" }]);
});
