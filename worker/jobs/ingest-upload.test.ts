import { readdir, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#domain/id.ts";
import { mediaInfo } from "#domain/media.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { mediaIdFrom } from "#server/media/media-id.ts";
import { incomingKey, mediaPrefix } from "#server/storage/layout.ts";
import { openStore } from "#server/storage/open-store.ts";
import type { Store } from "#server/storage/store.ts";
import { type RunningWorker, startWorker } from "../main.ts";
import { probe } from "../run/probe.ts";
import { makeClip, makeTestFolder, makeWith, type TestFolder } from "../run/test-clips.ts";
import { scratchOf, testEnv } from "../test-worker.ts";

const never = new AbortController().signal;
let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let store: Store;
let worker: RunningWorker;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  store = openStore(env);
  worker = await startWorker(env, pino({ level: process.env.WORKER_LOG ?? "silent" }));
});
afterAll(async () => {
  await worker.stop();
  await database.drop();
  await folder.remove();
});

interface Arrival {
  procedureName?: string;
  /** By the API, which tells the media's id before anybody has looked into the file. */
  byApi?: boolean;
  fileName?: string;
}

/** As the web leaves an upload whose last byte has come: in the store, with a job to look into it. */
async function arrive(
  path: string,
  { procedureName, byApi = false, fileName = "holiday.mov" }: Arrival = {},
): Promise<string> {
  const { db } = database;
  const id = newId();
  await store.putFile(path, incomingKey({ applicationId: 1, id }));
  const origin = byApi ? ({ origin: "server", fileId: mediaIdFrom(id) } as const) : {};
  await db.upload.create({
    data: { id, applicationId: 1, fileName, sizeBytes: 1, procedureName, state: "checking", ...origin },
  });
  await enqueue(db, "ingestUpload", { uploadId: id });
  return id;
}

async function examined(id: string, timeout = 20_000) {
  const read = () => database.db.upload.findUniqueOrThrow({ where: { id }, include: { media: true } });
  await expect.poll(async () => (await read()).state, { timeout }).not.toBe("checking");
  return read();
}

async function storedUnder(mediaId: string | null): Promise<string[]> {
  const prefix = mediaPrefix({ applicationId: 1, mediaId: mediaId ?? "" });
  return (await readdir(join(env.DATA_DIR, "store", prefix)).catch(() => [])).sort();
}

const at = (name: string) => join(folder.path, name);

test("a video becomes a media with a thumbnail, and its procedure starts", async () => {
  const { db } = database;
  const upload = await examined(await arrive(await makeClip(at("clip")), { procedureName: "PreviewImages" }));
  expect(upload).toMatchObject({ state: "done", errorCode: null });
  const { media } = upload;
  expect(media).toMatchObject({ name: "holiday.mov", kind: "video", source: "upload", sizeBytes: upload.sizeBytes });
  expect(mediaInfo.parse(media?.info).video).toMatchObject({ widthPx: 320, heightPx: 180 });
  expect(media?.id).toMatch(/^[1-9]\d{18}$/);
  expect(await storedUnder(upload.mediaId)).toEqual(["source.mp4", "thumb.jpg"]);
  expect(await store.stat(incomingKey(upload))).toBeNull();
  const thumbnail = await probe(await store.materialise(media?.coverKey ?? "", folder.path), { signal: never });
  expect(thumbnail).toMatchObject({ ok: true, value: { video: { widthPx: 480, heightPx: 270 } } });
  const task = await db.task.findUniqueOrThrow({ where: { id: upload.taskId ?? "" } });
  expect(task).toMatchObject({ mediaId: media?.id, startedBy: "upload", procedureName: "PreviewImages" });
  const events = await db.event.findMany({ where: { mediaId: media?.id, taskId: null } });
  expect(events.map(({ type }) => type)).toEqual(["media.created"]);
});

test("what is no media is refused with its reason, and nothing of it is kept", async () => {
  await writeFile(at("text"), "Dear reader,\n".repeat(100));
  await writeFile(at("empty"), "");
  await writeFile(at("list"), "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n/etc/hostname\n#EXT-X-ENDLIST\n");
  await makeClip(at("movie"), { seconds: 6, format: "matroska" });
  const { size } = await stat(at("movie"));
  await truncate(at("movie"), Math.floor(size / 2));
  const unreadable = { text: "NOT_MEDIA", empty: "EMPTY_FILE", list: "MEDIA_REFERENCES_FILES" };
  const refusals = { ...unreadable, movie: "MEDIA_TRUNCATED" };
  for (const [name, errorCode] of Object.entries(refusals)) {
    const upload = await examined(await arrive(at(name)));
    expect(upload).toMatchObject({ state: "refused", errorCode, mediaId: null });
    expect(upload.errorDetail).not.toContain(folder.path);
    await expect.poll(() => store.stat(incomingKey(upload)), { timeout: 10_000 }).toBeNull();
  }
});

test("what came by the API and is no media is one nevertheless, as its id is known; its work fails and says why", async () => {
  const { db } = database;
  await writeFile(at("bytes"), "\0broken".repeat(100));
  const upload = await examined(await arrive(at("bytes"), { byApi: true, procedureName: "PreviewImages" }));
  expect(upload).toMatchObject({ state: "done", errorCode: "NOT_MEDIA", mediaId: upload.fileId, sizeBytes: 700n });
  expect(upload.media).toMatchObject({ errorCode: "NOT_MEDIA", kind: "video", sizeBytes: 700n, coverKey: null });
  expect(mediaInfo.parse(upload.media?.info)).toMatchObject({ durationSeconds: 0, video: null, audio: [] });
  expect(await storedUnder(upload.mediaId)).toEqual(["source.bin"]);
  const subtasks = await db.subtask.findMany({ where: { taskId: upload.taskId ?? "" } });
  expect(new Set(subtasks.map(({ state, errorCode }) => `${state} ${errorCode}`))).toEqual(
    new Set(["failed NOT_MEDIA"]),
  );
});

test("a record shows the cover it carries, a picture itself, and a sound without cover nothing", async () => {
  await makeWith(
    ["-f", "lavfi", "-i", "testsrc2=size=300x300", "-frames:v", "1", "-f", "image2", "-c:v", "png"],
    at("p"),
  );
  const sound = ["-f", "lavfi", "-i", "sine=duration=1"];
  await makeWith(
    [...sound, "-i", at("p"), "-map", "0", "-map", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic", "-f", "mp3"],
    at("record"),
  );
  await makeWith([...sound, "-f", "flac"], at("sound"));
  const [record, picture, plain] = await Promise.all(
    [at("record"), at("p"), at("sound")].map(async (path) => examined(await arrive(path))),
  );
  expect(record?.media).toMatchObject({ kind: "audio", coverKey: expect.stringContaining("thumb.jpg") });
  expect(await storedUnder(record?.mediaId ?? null)).toEqual(["source.mp3", "thumb.jpg"]);
  expect(picture?.media).toMatchObject({ kind: "image", coverKey: expect.stringContaining("thumb.jpg") });
  expect(await storedUnder(picture?.mediaId ?? null)).toEqual(["source.png", "thumb.jpg"]);
  expect(plain?.media).toMatchObject({ kind: "audio", coverKey: null });
  expect(await storedUnder(plain?.mediaId ?? null)).toEqual(["source.flac"]);
});

test("a procedure that is gone by now does not cost the file", async () => {
  const upload = await examined(await arrive(await makeClip(at("clip")), { procedureName: "DeletedMeanwhile" }));
  expect(upload).toMatchObject({ state: "done", errorCode: "PROCEDURE_NOT_FOUND", taskId: null });
  expect(upload.media).not.toBeNull();
});

test("a job that is there twice makes one media and one task", async () => {
  const { db } = database;
  const id = await arrive(await makeClip(at("clip")), { procedureName: "PreviewImages" });
  await enqueue(db, "ingestUpload", { uploadId: id });
  const { mediaId } = await examined(id);
  const jobs = () => db.$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'ingestUpload'`;
  await expect.poll(jobs, { timeout: 20_000 }).toEqual([]);
  expect(await db.task.count({ where: { mediaId: mediaId ?? "" } })).toBe(1);
  expect(await db.event.count({ where: { mediaId, type: "media.created" } })).toBe(1);
});

test("a job cut off between moving the file and recording it is done again, to the same end", async () => {
  const { db } = database;
  const id = await arrive(await makeClip(at("clip")));
  const { mediaId } = await examined(id);
  await db.upload.update({ where: { id }, data: { state: "checking", mediaId: null } });
  await db.media.delete({ where: { id: mediaId ?? "" } });
  await enqueue(db, "ingestUpload", { uploadId: id });
  expect(await examined(id)).toMatchObject({ state: "done", mediaId, media: { name: "holiday.mov" } });
  expect(await storedUnder(mediaId)).toEqual(["source.mp4", "thumb.jpg"]);
});

test("a file that is gone refuses its upload", async () => {
  const id = newId();
  await database.db.upload.create({ data: { id, applicationId: 1, fileName: "x", sizeBytes: 1, state: "checking" } });
  await enqueue(database.db, "ingestUpload", { uploadId: id });
  expect(await examined(id)).toMatchObject({ state: "refused", errorCode: "SOURCE_GONE" });
});

test("an upload whose workers died again and again is refused, and not checked for ever", async () => {
  const id = newId();
  await database.db.$transaction(async (tx) => {
    await tx.upload.create({ data: { id, applicationId: 1, fileName: "x", sizeBytes: 1, state: "checking" } });
    await enqueue(tx, "ingestUpload", { uploadId: id }, { jobKey: id });
    await tx.$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = ${id}`;
  });
  expect(await examined(id)).toMatchObject({ state: "refused", errorCode: "INTERNAL" });
});

test("the sample is a film of 20 s in 720p with sound, and comes in like an upload", async () => {
  const id = newId();
  await database.db.upload.create({
    data: { id, applicationId: 1, fileName: "sample.mp4", sizeBytes: 0, state: "checking", origin: "sample" },
  });
  await enqueue(database.db, "makeSample", { uploadId: id });
  const upload = await examined(id, 140_000);
  expect(upload).toMatchObject({ state: "done", media: { source: "sample", kind: "video" } });
  const info = mediaInfo.parse(upload.media?.info);
  expect(info).toMatchObject({
    video: { codec: "h264", widthPx: 1280, heightPx: 720, sampleAspectRatio: 1 },
    audio: [{ codec: "aac" }],
  });
  expect(info.durationSeconds).toBeCloseTo(20, 0);
  expect(await storedUnder(upload.mediaId)).toEqual(["source.mp4", "thumb.jpg"]);
  await expect.poll(() => scratchOf(env)).toEqual([]);
}, 150_000);
