import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeContentKey } from "../../content-keys/make-content-key.ts";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createCaller } from "../router.ts";
import type { TaskRow } from "../rows.ts";
import { addApplication, addMedia, addTask, addUser, SECRET_KEY } from "../test-rows.ts";
import { testServices } from "../test-services.ts";

let database: TestDatabase;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  database = await createTestDatabase();
  const me = await addUser(database.db, "operator");
  caller = createCaller({ ...testServices(database, "/nowhere"), me });
});
afterAll(() => database.drop());

const idsOf = (rows: { items: TaskRow[] }) => rows.items.map((row) => row.id);

describe("the list", () => {
  const hour = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 3_600_000);
  let tasks: Record<"old" | "mixed" | "done" | "fresh", string>;
  let film: string;
  beforeAll(async () => {
    const { db } = database;
    film = await addMedia(db, { name: "Holiday 100%_a.mp4" });
    const other = await addMedia(db, { name: "holidays.mp4" });
    const add = async (...given: Parameters<typeof addTask> extends [unknown, ...infer Rest] ? Rest : never) =>
      (await addTask(db, ...given)).taskId;
    tasks = {
      old: await add({ createdAt: hour(1), mediaId: film, procedureName: "Starter", startedBy: "upload" }),
      mixed: await add({ createdAt: hour(2), mediaId: film, sessionId: "Sess_1", startedBy: "api" }, [
        { state: "failed" },
        { state: "processing", kind: "sprite" },
      ]),
      done: await add({ createdAt: hour(3), mediaId: other, startedBy: "api" }, [
        { state: "succeeded", kind: "cover" },
      ]),
      fresh: await add({ createdAt: hour(4), mediaId: other, procedureName: "Starter" }, [{ state: "processing" }]),
    };
  });

  test("shows the newest first, page after page, and says how many there are", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof caller.tasks.list>> = await caller.tasks.list({ cursor, limit: 3 });
      expect(page.total).toEqual({ count: 4, capped: false });
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([tasks.fresh, tasks.done, tasks.mixed, tasks.old]);
  });

  test("pages do not shift or repeat while new tasks come in", async () => {
    const first = await caller.tasks.list({ limit: 2 });
    const extra = await addTask(database.db, { createdAt: hour(9) });
    const second = await caller.tasks.list({ limit: 2, cursor: first.nextCursor });
    expect([...idsOf(first), ...idsOf(second)]).toEqual([tasks.fresh, tasks.done, tasks.mixed, tasks.old]);
    await database.db.task.delete({ where: { id: extra.taskId } });
  });

  test.each<[string, Parameters<typeof caller.tasks.list>[0], (keyof typeof tasks)[]]>([
    ["a state", { states: ["succeeded"] }, ["done"]],
    ["several states", { states: ["processing", "waiting"] }, ["fresh", "mixed", "old"]],
    ["a failed subtask of a task that goes on", { failedSubtask: true }, ["mixed"]],
    ["a procedure", { procedure: "Starter" }, ["fresh", "old"]],
    ["kinds of operation", { kinds: ["sprite", "cover"] }, ["done", "mixed"]],
    ["who started it", { startedBy: ["api", "upload"] }, ["done", "mixed", "old"]],
    ["state and origin", { states: ["succeeded", "processing"], startedBy: ["api"] }, ["done", "mixed"]],
    ["a time range, its end excluded", { createdAfter: hour(2), createdBefore: hour(4) }, ["done", "mixed"]],
    ["the beginning of a session id", { search: "Sess" }, ["mixed"]],
    ["the beginning of a media's name, in any case", { search: "hOLIDAY" }, ["fresh", "done", "mixed", "old"]],
    ["a name with signs that mean something to LIKE", { search: "holiday 100%_" }, ["mixed", "old"]],
    ["one of those signs alone", { search: "%" }, []],
    ["all of it", { search: "holiday", states: ["processing"], kinds: ["sprite"], startedBy: ["api"] }, ["mixed"]],
  ])("narrows by %s", async (_, filter, expected) => {
    const page = await caller.tasks.list(filter);
    expect(idsOf(page)).toEqual(expected.map((name) => tasks[name]));
    expect(page.total).toEqual({ count: expected.length, capped: false });
  });

  test("finds a task by the beginning of its id, and all tasks of a media by that of the media's", async () => {
    expect(idsOf(await caller.tasks.list({ search: tasks.done.slice(0, 8).toUpperCase() }))).toEqual([tasks.done]);
    expect(idsOf(await caller.tasks.list({ search: film.slice(0, 12) }))).toEqual([tasks.mixed, tasks.old]);
    expect(idsOf(await caller.tasks.list({ mediaId: film }))).toEqual([tasks.mixed, tasks.old]);
  });

  test("a cursor somebody made up is refused as wrong input", async () => {
    await expect(caller.tasks.list({ cursor: "made-up" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("a task", () => {
  test("tells how far it is, what is going on, and where its files are", async () => {
    const { db } = database;
    const mediaId = await addMedia(db, { name: "my film.mp4", coverKey: "a1/media/1/thumb.jpg" });
    const { taskId, runId, subtaskIds } = await addTask(db, { mediaId }, [
      { state: "succeeded", outputs: [["index.m3u8", "1.ts", "2.ts"]] },
      { state: "failed" },
      { state: "processing", kind: "sprite" },
      { state: "waiting" },
    ]);
    await db.subtask.update({ where: { id: subtaskIds[2] ?? "" }, data: { progressPercent: 40 } });
    await db.subtask.update({
      where: { id: subtaskIds[1] ?? "" },
      data: { errorCode: "ENCODER_FAILED", errorDetail: "exit 1" },
    });
    const run = { speed: 1.5, remainingSeconds: 12, cancelRequestedAt: new Date() };
    await db.run.update({ where: { id: runId }, data: run });
    const [row] = await caller.tasks.rows({ ids: [taskId] });
    expect(row).toMatchObject({
      id: taskId,
      state: "processing",
      cancelling: true,
      media: { id: mediaId, name: "my film.mp4", kind: "video", thumbnailUrl: expect.stringMatching(/^\/files\//) },
      progressPercent: 60,
      remainingSeconds: 12,
      counts: { waiting: 1, processing: 1, succeeded: 1, failed: 1, cancelled: 0 },
      sourceUrl: expect.stringMatching(/^\/files\/.*\/source\.mp4$/),
      zipUrl: expect.stringMatching(/^\/archive\//),
    });
    expect(row?.subtasks.map(({ number, progressPercent }) => [number, progressPercent])).toContainEqual([3, 40]);

    const task = await caller.tasks.get({ id: taskId });
    expect(task).toMatchObject({ ...row, pipelineName: "default", notifyMode: "finish", createdByName: null });
    expect(task.subtaskRows[0]).toMatchObject({
      template: { definition: 100010, name: "MP4-HD-720P", version: null },
      speed: 1.5,
      outputs: [
        {
          ...{ number: 1, role: "video", name: "index.m3u8", sizeBytes: 100, partCount: 2, facts: { widthPx: 1280 } },
          url: expect.stringMatching(/^\/files\/.*\/index\.m3u8$/),
          downloadUrl: expect.stringContaining("?download=my%20film-1-MP4-HD-720P-index.m3u8"),
        },
      ],
    });
    expect(task.subtaskRows[1]).toMatchObject({ error: { code: "ENCODER_FAILED", detail: "exit 1" }, outputs: [] });
  });

  test("keeps its history when its media is gone, and offers no source any more", async () => {
    const mediaId = await addMedia(database.db, { deletedAt: new Date() });
    const { taskId } = await addTask(database.db, { mediaId });
    expect(await caller.tasks.rows({ ids: [taskId, "none"] })).toMatchObject([{ sourceUrl: null, zipUrl: null }]);
  });

  test("a subtask tells which others share its run", async () => {
    const { subtaskIds } = await addTask(database.db, {}, [{}, {}, {}]);
    expect(await caller.tasks.subtask({ id: subtaskIds[1] ?? "" })).toMatchObject({
      runs: [{ subtaskNumbers: [1, 2, 3] }],
    });
  });

  test("a subtask tells its attempts, the exact commands, and the log from where one left off", async () => {
    const { db } = database;
    const { runId, subtaskIds, taskId } = await addTask(db, {}, [{ state: "processing", outputs: [["a.mp4"]] }]);
    const unknown = { kind: "transcode", params: { ofAnotherRelease: 1 } };
    await db.subtask.update({ where: { id: subtaskIds[0] ?? "" }, data: { operation: unknown } });
    await db.worker.create({ data: { id: "w1", host: "box", processId: 1, concurrency: 1, ffmpegVersion: "8" } });
    const commands = [["ffmpeg", "-i", "/a b.mp4", "out.mp4"]];
    await db.run.update({ where: { id: runId }, data: { workerId: "w1", commands } });
    await db.runLogChunk.createMany({ data: [0, 1, 2].map((number) => ({ runId, number, text: `line ${number}\n` })) });
    const subtask = await caller.tasks.subtask({ id: subtaskIds[0] ?? "" });
    expect(subtask).toMatchObject({
      taskId,
      operation: null,
      media: { info: { durationSeconds: 12.5 } },
      zipUrl: expect.stringMatching(/^\/archive\//),
      runs: [
        { id: runId, attempt: 1, state: "running", workerHost: "box", subtaskNumbers: [1], commands, error: null },
      ],
    });
    expect((await caller.tasks.log({ runId })).chunks).toHaveLength(3);
    expect(await caller.tasks.log({ runId, afterNumber: 1 })).toEqual({
      chunks: [{ number: 2, text: "line 2\n" }],
      ended: false,
    });
    await db.run.update({ where: { id: runId }, data: { state: "lost" } });
    expect(await caller.tasks.log({ runId, afterNumber: 2 })).toEqual({ chunks: [], ended: true });
  });
});

describe("creating, cancelling, restarting", () => {
  test("one task for each media, all or none", async () => {
    const { db } = database;
    const mediaIds = [await addMedia(db), await addMedia(db)];
    const { taskIds } = await caller.tasks.create({ mediaIds, procedureName: "QuickRemux", priority: 3 });
    expect(taskIds).toHaveLength(2);
    const task = await caller.tasks.get({ id: taskIds[0] ?? "" });
    expect(task).toMatchObject({ procedureName: "QuickRemux", priority: 3, startedBy: "console", state: "waiting" });
    expect(task.createdByName).toBe("A operator");

    const before = await db.task.count();
    const withUnknown = caller.tasks.create({ mediaIds: [...mediaIds, "none"], procedureName: "QuickRemux" });
    await expect(withUnknown).rejects.toThrow("MEDIA_NOT_FOUND");
    expect(await db.task.count()).toBe(before);
  });

  test("steps without a procedure are frozen into subtasks, and told as they were asked for", async () => {
    const steps = [{ operation: "sprite" as const, template: 10, override: { columns: 5 } }];
    const { taskIds } = await caller.tasks.create({
      mediaIds: [await addMedia(database.db)],
      steps,
      outputDir: "mine/x",
    });
    const task = await caller.tasks.get({ id: taskIds[0] ?? "" });
    expect(task).toMatchObject({ procedureName: null, outputDir: "mine/x" });
    const subtask = await caller.tasks.subtask({ id: task.subtaskRows[0]?.id ?? "" });
    expect(subtask.operation).toMatchObject({ kind: "sprite", params: { columns: 5 } });
  });

  test("what to do is said in one way: by procedure or by steps", async () => {
    const mediaIds = [await addMedia(database.db)];
    const steps = [{ operation: "sprite" as const, template: 10 }];
    for (const input of [{ mediaIds }, { mediaIds, steps, procedureName: "Starter" }]) {
      await expect(caller.tasks.create(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    await expect(caller.tasks.create({ mediaIds, steps, outputDir: "../../x" })).rejects.toThrow("INVALID_PARAMETER");
    await expect(caller.tasks.create({ mediaIds, procedureName: "None" })).rejects.toThrow("PROCEDURE_NOT_FOUND");
  });

  test("a waiting task is cancelled at once; restarting takes all, the failed, or chosen ones", async () => {
    const mediaIds = [await addMedia(database.db)];
    const { taskIds } = await caller.tasks.create({ mediaIds, procedureName: "PreviewImages" });
    const id = taskIds[0] ?? "";
    await expect(caller.tasks.restart({ id, scope: "all" })).rejects.toThrow("NOTHING_TO_RESTART");
    await caller.tasks.cancel({ id });
    expect(await caller.tasks.get({ id })).toMatchObject({ state: "cancelled" });
    await expect(caller.tasks.cancel({ id })).rejects.toThrow("NOTHING_TO_CANCEL");

    const states = async () => (await caller.tasks.get({ id })).subtaskRows.map((subtask) => subtask.state);
    const [, second] = (await caller.tasks.get({ id })).subtaskRows;
    await caller.tasks.restart({ id, scope: "failed", subtaskIds: [second?.id ?? ""] });
    expect(await states()).toEqual(["cancelled", "waiting", "cancelled"]);
    await caller.tasks.restart({ id, scope: "all" });
    expect(await states()).toEqual(["waiting", "waiting", "waiting"]);
    await caller.tasks.cancel({ id });
    await caller.tasks.restart({ id, scope: "failed" });
    expect(await states()).toEqual(["waiting", "waiting", "waiting"]);
  });
});

test("an operator, and no viewer, makes an address that plays an output of the application together with its key", async () => {
  const { db } = database;
  const { subtaskIds } = await addTask(db, {}, [{ state: "succeeded", outputs: [["stream.m3u8"], ["video.mp4"]] }]);
  const where = { subtaskId: subtaskIds[0] ?? "" };
  const [sealed, plain] = await db.output.findMany({ where, orderBy: { number: "asc" } });
  const key = makeContentKey(SECRET_KEY);
  await db.contentKey.create({ data: { ...key.stored, outputId: sealed?.id ?? "" } });
  const services = testServices(database, "/nowhere");
  const { links } = services;

  const url = await caller.tasks.playbackUrl({ outputId: sealed?.id ?? "" });
  expect(url).toBe(links.playbackUrl(sealed?.storageKey ?? "", key.stored.id));
  expect(await caller.tasks.playbackUrl({ outputId: plain?.id ?? "" })).toBe(links.url(plain?.storageKey ?? ""));
  const shown = await caller.tasks.subtask({ id: where.subtaskId });
  expect(JSON.stringify(shown)).not.toContain(key.stored.id);

  const viewer = createCaller({ ...services, me: await addUser(db, "viewer") });
  await expect(viewer.tasks.playbackUrl({ outputId: sealed?.id ?? "" })).rejects.toThrow("FORBIDDEN");
  const stranger = createCaller({ ...services, me: await addUser(db, "admin", await addApplication(db)) });
  for (const outputId of [sealed?.id ?? "", "nothing"])
    await expect(stranger.tasks.playbackUrl({ outputId })).rejects.toThrow("OUTPUT_NOT_FOUND");
});
