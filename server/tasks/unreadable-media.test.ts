import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { newId } from "../domain/id.ts";
import { editMedia } from "../media/edit-media.ts";
import { finishUpload, refuseUpload } from "../media/finish-upload.ts";
import { mediaIdFrom } from "../media/media-id.ts";
import { cancelPlanned, createTaskWhenThere, findPlannedTask } from "../media/planned-tasks.ts";
import { restartTask } from "./restart-task.ts";
import { addMedia, addTask, COVER, runsOf, SPRITE, subtasksOf, UNKNOWN } from "./test-tasks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function addUnreadable(): Promise<string> {
  const id = await addMedia(database.db);
  await database.db.media.update({ where: { id }, data: { errorCode: "MEDIA_TRUNCATED", errorDetail: "half of it" } });
  return id;
}

test("a task on a media that cannot be read fails at once, in every part, and says why", async () => {
  const { db } = database;
  const taskId = await addTask(db, { mediaId: await addUnreadable(), steps: [SPRITE, COVER, UNKNOWN] });
  expect(await subtasksOf(db, taskId)).toMatchObject([
    { state: "failed", errorCode: "MEDIA_TRUNCATED", errorDetail: "half of it", runId: null },
    { state: "failed", errorCode: "MEDIA_TRUNCATED" },
    { state: "failed", errorCode: "TEMPLATE_NOT_FOUND" },
  ]);
  expect(await runsOf(db, taskId)).toEqual([]);
  expect(await db.task.findUnique({ where: { id: taskId } })).toMatchObject({
    state: "failed",
    endedAt: expect.any(Date),
  });
  expect(await db.event.count({ where: { taskId, type: "task.finished" } })).toBe(1);
  expect(await restartTask(db, 1, taskId, { failed: true })).toMatchObject({ failure: { code: "MEDIA_TRUNCATED" } });
});

test("nothing is cut out of it", async () => {
  const mediaId = await addUnreadable();
  const edited = await editMedia(database.db, { applicationId: 1, startedBy: "console" }, {
    clips: [{ mediaId, startSeconds: 0 }],
    cutMode: "exact",
    result: { name: "", procedureName: null },
  } as never);
  expect(edited).toMatchObject({ ok: false, failure: { code: "MEDIA_TRUNCATED" } });
});

async function addChecking(): Promise<{ uploadId: string; mediaId: string }> {
  const uploadId = newId();
  const mediaId = mediaIdFrom(uploadId);
  await database.db.upload.create({
    data: {
      id: uploadId,
      applicationId: 1,
      fileName: "x.mp4",
      sizeBytes: 1,
      state: "checking",
      fileId: mediaId,
      origin: "server",
    },
  });
  return { uploadId, mediaId };
}

const FILE = { info: { ...blank(), durationSeconds: 9 }, storageKey: "a1/media/x/source.mp4", coverKey: null };
function blank() {
  return {
    ...{ formatName: "mov", durationSeconds: 0, sizeBytes: 5, bitrateBps: 0 },
    ...{ video: null, audio: [], subtitles: [], attachedPictureIndex: null },
  };
}

test("a task on a file still being checked has its id at once, and begins with the media", async () => {
  const { db } = database;
  const { uploadId, mediaId } = await addChecking();
  const task = { applicationId: 1, startedBy: "api", mediaId, steps: [SPRITE], sessionId: newId() } as const;
  const planned = await createTaskWhenThere(db, task);
  if (!planned.ok) throw new Error(planned.failure.code);
  const { taskId } = planned.value;
  expect(await findPlannedTask(db, 1, taskId)).toMatchObject({
    uploadState: "checking",
    fileId: mediaId,
    failure: null,
  });
  expect(await findPlannedTask(db, 2, taskId)).toBeNull();
  expect(await createTaskWhenThere(db, task)).toMatchObject({ failure: { code: "SESSION_REPEATED", detail: taskId } });

  const upload = await db.upload.findUniqueOrThrow({ where: { id: uploadId } });
  await db.$transaction((tx) => finishUpload(tx, upload, FILE));
  expect(await findPlannedTask(db, 1, taskId)).toBeNull();
  expect(await db.task.findUnique({ where: { id: taskId } })).toMatchObject({ mediaId, sessionId: task.sessionId });
  expect(await db.upload.findUnique({ where: { id: uploadId } })).toMatchObject({ state: "done", mediaId, taskId });
  expect(await createTaskWhenThere(db, { ...task, sessionId: "" })).toMatchObject({ ok: true });
});

test("what cannot begin is said at once, and of another application's file nothing", async () => {
  const { db } = database;
  const { mediaId } = await addChecking();
  const task = { applicationId: 1, startedBy: "api", mediaId, procedureName: "NoSuch" } as const;
  expect(await createTaskWhenThere(db, task)).toMatchObject({ failure: { code: "PROCEDURE_NOT_FOUND" } });
  const stranger = await db.application.create({
    data: { name: "another", pipelines: { create: { name: "default", capacity: 1, isDefault: true } } },
  });
  expect(
    await createTaskWhenThere(db, { ...{ applicationId: stranger.id, startedBy: "api", mediaId }, steps: [SPRITE] }),
  ).toMatchObject({
    failure: { code: "MEDIA_NOT_FOUND" },
  });
});

test("a task whose file never comes ends like any other: failed, with the reason", async () => {
  const { db } = database;
  const { uploadId, mediaId } = await addChecking();
  const planned = await createTaskWhenThere(db, { applicationId: 1, startedBy: "api", mediaId, steps: [SPRITE] });
  if (!planned.ok) throw new Error(planned.failure.code);
  const ended = await refuseUpload(db, uploadId, { code: "OUTBOUND_UNREACHABLE", detail: "ECONNREFUSED" });
  expect(ended).toMatchObject({ mediaId, unreadable: { code: "OUTBOUND_UNREACHABLE" } });
  expect(await subtasksOf(db, planned.value.taskId)).toMatchObject([
    { state: "failed", errorCode: "OUTBOUND_UNREACHABLE" },
  ]);
  expect(await db.media.findUnique({ where: { id: mediaId } })).toMatchObject({ errorCode: "OUTBOUND_UNREACHABLE" });
});

test("a planned task can be taken back", async () => {
  const { db } = database;
  const { uploadId, mediaId } = await addChecking();
  const planned = await createTaskWhenThere(db, { applicationId: 1, startedBy: "api", mediaId, steps: [SPRITE] });
  if (!planned.ok) throw new Error(planned.failure.code);
  expect(await cancelPlanned(db, 2, planned.value.taskId)).toMatchObject({ failure: { code: "TASK_NOT_FOUND" } });
  expect(await cancelPlanned(db, 1, planned.value.taskId)).toMatchObject({ ok: true });
  const refused = await refuseUpload(db, uploadId, { code: "SOURCE_GONE", detail: "" });
  expect(refused).toMatchObject({ refused: { code: "SOURCE_GONE" } });
});
