/** Edits carried out by a real worker: from media in the store to media in the store. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mediaInfo } from "#domain/media.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { deleteMedia } from "#server/media/delete-media.ts";
import { editInput, splitInput } from "#server/media/edit-input.ts";
import { editMedia, splitMedia } from "#server/media/edit-media.ts";
import { openStore } from "#server/storage/open-store.ts";
import { type RunningWorker, startWorker } from "../main.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../run/test-clips.ts";
import { addMediaFile, endOf, scratchOf, testEnv } from "../test-worker.ts";

const TERMS = { applicationId: 1, startedBy: "console" } as const;

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let worker: RunningWorker;
const media = { wide: "", small: "" };

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  const make = async (name: string, size: string) =>
    addMediaFile(database.db, env, await makeClip(join(folder.path, name), { seconds: 2, size }));
  media.wide = await make("wide", "160x90");
  media.small = await make("small", "64x64");
  worker = await startWorker(env, pino({ level: process.env.LOG_LEVEL ?? "silent" }));
});
afterAll(async () => {
  await worker.stop();
  await database.drop();
  await folder.remove();
});

async function taskOf(created: Awaited<ReturnType<typeof editMedia>>) {
  if (!created.ok) throw new Error(`${created.failure.code} ${created.failure.detail}`);
  return endOf(database.db, created.value.taskId);
}

async function mediaMade(id: string | null | undefined) {
  const made = await database.db.media.findUniqueOrThrow({ where: { id: id ?? "" } });
  return { ...made, info: mediaInfo.parse(made.info) };
}

test("joined media are a new one, with a thumbnail, on which its procedure runs; deleting either leaves the other", async () => {
  const { db } = database;
  const clips = [{ mediaId: media.wide, endOffsetSeconds: 1 }, { mediaId: media.small }];
  const edit = editInput.parse({ clips, result: { name: "Joined.mp4", procedureName: "QuickRemux" } });
  const task = await taskOf(await editMedia(db, TERMS, edit));
  const [subtask] = task.subtasks;
  expect(subtask).toMatchObject({ state: "succeeded", outputs: [], errorDetail: null });
  const made = await mediaMade(subtask?.madeMediaId);
  expect(made).toMatchObject({
    ...{ name: "Joined.mp4", kind: "video", source: "edit", sizeBytes: BigInt(made.info.sizeBytes) },
    info: { video: { widthPx: 160, heightPx: 90 }, audio: [{ codec: "aac" }] },
  });
  expect(Math.abs(made.info.durationSeconds - 3)).toBeLessThan(0.05);
  const store = openStore(env);
  expect(made.coverKey).toBe(`a1/media/${made.id}/thumb.jpg`);
  expect((await store.stat(made.coverKey ?? ""))?.sizeBytes).toBeGreaterThan(0);
  expect((await store.stat(made.storageKey))?.sizeBytes).toBe(made.info.sizeBytes);
  // One for each clip, and one that joins them.
  expect(task.runs.flatMap(({ commands }) => commands)).toHaveLength(3);

  const followed = await endOf(db, subtask?.madeTaskId ?? "");
  expect(followed).toMatchObject({ state: "succeeded", mediaId: made.id, procedureName: "QuickRemux" });
  // What measures the new media has one of its own.
  await expect.poll(() => scratchOf(env), { timeout: 20_000 }).toEqual([]);
  expect((await deleteMedia(db, 1, made.id)).ok).toBe(true);
  await expect.poll(() => store.stat(made.storageKey)).toBeNull();
  expect(await store.stat(`a1/media/${media.wide}/source.mp4`)).not.toBeNull();
});

test("a media is split into three, each a media of its own; one whose file is gone says so", async () => {
  const { db } = database;
  const segments = [
    { endOffsetSeconds: 0.8 },
    { startOffsetSeconds: 0.8, endOffsetSeconds: 1.2 },
    { startOffsetSeconds: 1.2 },
  ];
  const split = (mediaId: string) => splitMedia(db, TERMS, splitInput.parse({ mediaId, segments }));
  const task = await taskOf(await split(media.wide));
  const seconds: number[] = [];
  for (const { madeMediaId } of task.subtasks) seconds.push((await mediaMade(madeMediaId)).info.durationSeconds);
  expect(seconds).toEqual([0.8, 0.4, 0.8].map((length) => expect.closeTo(length, 1)));

  const path = join(folder.path, "store", "a1", "media", media.small);
  await rm(path, { recursive: true });
  const failed = await taskOf(await split(media.small));
  expect(failed.subtasks.map(({ state, errorCode, madeMediaId }) => [state, errorCode, madeMediaId])).toEqual(
    Array.from({ length: 3 }, () => ["failed", "SOURCE_GONE", null]),
  );
});
