import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createCaller } from "../router.ts";
import type { Me } from "../rows.ts";
import { addMedia, addTask, addUser } from "../test-rows.ts";
import { testServices } from "../test-services.ts";

let database: TestDatabase;
let me: Me;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  database = await createTestDatabase();
  me = await addUser(database.db, "operator");
  caller = createCaller({ ...testServices(database, "/nowhere"), me });
});
afterAll(() => database.drop());

async function jobs(identifier: string): Promise<unknown[]> {
  return database.db.$queryRaw`
    SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = ${identifier}`;
}

test("the library shows the newest first, narrows by kind, and finds by the beginning of a name or id", async () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
  const film = await addMedia(database.db, { name: "Film.mp4", createdAt: at(1) });
  const song = await addMedia(database.db, { name: "Song.mp3", kind: "audio", createdAt: at(2) });
  const picture = await addMedia(database.db, { name: "film still.jpg", kind: "image", createdAt: at(3) });
  const ids = async (input: Parameters<typeof caller.media.list>[0]) =>
    (await caller.media.list(input)).items.map((media) => media.id);
  expect(await ids({})).toEqual([picture, song, film]);
  expect(await ids({ kinds: ["audio", "video"] })).toEqual([song, film]);
  expect(await ids({ search: "FILM" })).toEqual([picture, film]);
  expect(await ids({ search: song.slice(0, 10) })).toEqual([song]);
  const first = await caller.media.list({ limit: 2 });
  expect(first.total).toEqual({ count: 3, capped: false });
  expect(await ids({ limit: 2, cursor: first.nextCursor })).toEqual([film]);
});

test("a media tells its size as shown upright, its tasks, and what was made of it", async () => {
  const { db } = database;
  const id = await addMedia(db, { name: "portrait.mp4", createdById: me.user.id, coverKey: "a1/media/1/thumb.jpg" });
  const { taskId, subtaskIds } = await addTask(db, { mediaId: id }, [
    { state: "succeeded", outputs: [["video.mp4"], ["cover.jpg"]] },
    { state: "failed", outputs: [["broken.mp4"]] },
  ]);
  const media = await caller.media.get({ id });
  expect(media).toMatchObject({
    // Stored as 1080 × 1920, to be turned by 90°.
    ...{ widthPx: 1920, heightPx: 1080, durationSeconds: 12.5, sizeBytes: 1000 },
    createdByName: "A operator",
    thumbnailUrl: expect.stringMatching(/^\/files\/.*thumb\.jpg$/),
    sourceUrl: expect.stringMatching(/^\/files\/.*source\.mp4$/),
    downloadUrl: expect.stringContaining("?download=portrait.mp4"),
    tasks: [{ id: taskId }],
  });
  expect(media.renditions.map(({ output }) => output.name)).toEqual(["video.mp4", "cover.jpg"]);
  expect(media.renditions[0]).toMatchObject({ taskId, subtaskId: subtaskIds[0], kind: "transcode" });
});

test("a new name is told everywhere, and must be one", async () => {
  const id = await addMedia(database.db);
  await caller.media.rename({ id, name: "  新名字.mp4 " });
  expect(await caller.media.get({ id })).toMatchObject({ name: "新名字.mp4" });
  await expect(caller.media.rename({ id, name: "  " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a media goes with its files, but not while a task works on it", async () => {
  const { db } = database;
  const id = await addMedia(db);
  const { taskId, subtaskIds } = await addTask(db, { mediaId: id }, [{ state: "processing" }]);
  await expect(caller.media.delete({ id })).rejects.toMatchObject({
    cause: { failure: { code: "MEDIA_IN_USE", detail: taskId } },
  });
  await db.subtask.update({ where: { id: subtaskIds[0] ?? "" }, data: { state: "succeeded" } });
  await caller.media.delete({ id });
  await expect(caller.media.get({ id })).rejects.toThrow("MEDIA_NOT_FOUND");
  await expect(caller.media.delete({ id })).rejects.toThrow("MEDIA_NOT_FOUND");
  expect(await caller.tasks.get({ id: taskId })).toMatchObject({ media: { id }, sourceUrl: null });
  expect(await jobs("removeFiles")).toContainEqual({ payload: { prefix: `a1/media/${id}` } });
  expect(await db.event.count({ where: { mediaId: id, type: "media.deleted" } })).toBe(1);
});

test("tasks of a deleted media show the cover one of them made, and no thumbnail that is gone", async () => {
  const { db } = database;
  for (const [coverKey, shown] of [
    ["thumb.jpg", false],
    ["a1/tasks/t/r/1/cover.jpg", true],
  ] as const) {
    const id = await addMedia(db);
    await db.media.update({ where: { id }, data: { coverKey: shown ? coverKey : `a1/media/${id}/${coverKey}` } });
    const { taskId } = await addTask(db, { mediaId: id }, [{ state: "succeeded" }]);
    await caller.media.delete({ id });
    const { media } = await caller.tasks.get({ id: taskId });
    expect(media.thumbnailUrl !== null, coverKey).toBe(shown);
  }
});

test("a task and a deletion that meet never leave a task without its media", async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await addMedia(database.db);
    const [created, deleted] = await Promise.allSettled([
      caller.tasks.create({ mediaIds: [id], procedureName: "QuickRemux" }),
      caller.media.delete({ id }),
    ]);
    expect([created.status, deleted.status].sort()).toEqual(["fulfilled", "rejected"]);
  }
});

test("a sample comes in like an upload, made by a worker", async () => {
  const { uploadId } = await caller.media.makeSample();
  expect(await caller.uploads.list()).toMatchObject([{ id: uploadId, state: "checking", mediaId: null }]);
  expect(await jobs("makeSample")).toEqual([{ payload: { uploadId } }]);
});

test("media are joined and split by whoever may, and the task tells of the media it made", async () => {
  const { db } = database;
  const [first, second] = [await addMedia(db, { name: "first.mp4" }), await addMedia(db)];
  const clips = [{ mediaId: first, endOffsetSeconds: 5 }, { mediaId: second }];
  const { taskId } = await caller.media.edit({ edit: { clips, result: { name: "Both" } }, priority: 3 });
  await db.subtask.updateMany({ where: { taskId }, data: { state: "succeeded", madeMediaId: second } });
  const task = await caller.tasks.get({ id: taskId });
  expect(task).toMatchObject({ media: { id: first }, priority: 3, createdByName: "A operator", zipUrl: null });
  expect(task.subtaskRows).toMatchObject([
    {
      ...{ kind: "edit", template: null, outputs: [] },
      made: { media: { id: second }, sourceUrl: expect.stringMatching(/^\/files\/.*source\.mp4$/), taskId: null },
    },
  ]);
  await db.media.update({ where: { id: second }, data: { deletedAt: new Date() } });
  expect((await caller.tasks.get({ id: taskId })).subtaskRows).toMatchObject([{ made: null }]);

  const segments = [{ endOffsetSeconds: 6 }, { startOffsetSeconds: 6 }];
  const split = await caller.media.split({ split: { mediaId: first, cutMode: "fast", segments } });
  expect((await caller.tasks.get({ id: split.taskId })).subtasks.map(({ kind }) => kind)).toEqual(["split", "split"]);

  const viewer = createCaller({ ...testServices(database, "/nowhere"), me: await addUser(db, "viewer") });
  await expect(viewer.media.edit({ edit: { clips } })).rejects.toThrow("FORBIDDEN");
});
