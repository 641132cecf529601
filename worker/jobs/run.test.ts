import { rm, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pino } from "pino";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { step } from "#domain/procedure.ts";
import { template } from "#domain/template.ts";
import { createAsset } from "#server/assets/create-asset.ts";
import { outputParts, storedCommands } from "#server/db/rows.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { openStore } from "#server/storage/open-store.ts";
import { createTemplate } from "#server/templates/create-template.ts";
import { type RunningWorker, startWorker } from "../main.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../run/test-clips.ts";
import {
  addMediaFile,
  addTask,
  COVER,
  endOf,
  eventsOf,
  SNAPSHOTS,
  scratchOf,
  storedFilesOf,
  TRANSCODE,
  testEnv,
} from "../test-worker.ts";

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let worker: RunningWorker;
let mediaId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  const clip = await makeClip(join(folder.path, "clip"), { seconds: 3 });
  mediaId = await addMediaFile(database.db, env, clip);
  worker = await startWorker(env, pino({ level: process.env.LOG_LEVEL ?? "silent" }));
});
afterAll(async () => {
  await worker.stop();
  await database.drop();
  await folder.remove();
});

test("a task of several operations succeeds: outputs stored, probed and recorded, cover set, nothing left in scratch", async () => {
  const { db } = database;
  const taskId = await addTask(db, mediaId, TRANSCODE, SNAPSHOTS, COVER);
  const task = await endOf(db, taskId);
  expect(task.state).toBe("succeeded");
  const [transcode, snapshots, cover] = task.subtasks;
  expect(transcode?.outputs).toMatchObject([
    {
      role: "video",
      name: "video.mp4",
      facts: { videoCodec: "h264", widthPx: 1280, heightPx: 720, audioCodec: "aac" },
    },
  ]);
  expect(snapshots?.outputs.length).toBeGreaterThan(5);
  expect(cover?.outputs).toHaveLength(1);
  const media = await db.media.findUniqueOrThrow({ where: { id: mediaId } });
  expect(media.coverKey).toBe(cover?.outputs[0]?.storageKey);
  const recorded = task.subtasks.flatMap((subtask) => subtask.outputs);
  const prefix = `a1/tasks/${taskId}/`;
  expect((await storedFilesOf(env, taskId)).sort()).toEqual(
    recorded.map((output) => output.storageKey.slice(prefix.length)).sort(),
  );
  expect(await scratchOf(env)).toEqual([]);
  expect((await eventsOf(db, taskId)).filter((type) => type === "task.finished")).toHaveLength(1);
});

test("every kind of operation publishes what it declares: playlists with their segments, sound, sheets with their cues", async () => {
  const { db } = database;
  const steps = [
    { operation: "transcode", template: 100210 },
    { operation: "remux", template: 876 },
    { operation: "audio", template: 1120 },
    { operation: "snapshot", template: 10, use: { positions: [{ value: 1 }, { unit: "percent", value: 90 }] } },
    { operation: "sprite", template: 10 },
    // How many scenes there are, and where a picture is best, is known when the commands have run.
    { operation: "sampled-snapshot", template: 900_001 },
    { operation: "cover", template: 10, use: { position: { unit: "best", value: 1 } } },
  ].map((one) => step.parse(one));
  const task = await endOf(db, await addTask(db, mediaId, ...steps));
  expect(task.subtasks.map(({ state, errorCode, errorDetail }) => ({ state, errorCode, errorDetail }))).toEqual(
    steps.map(() => ({ state: "succeeded", errorCode: null, errorDetail: null })),
  );
  const roles = task.subtasks.map((subtask) => subtask.outputs.map((output) => output.role));
  expect(roles).toEqual([
    ["playlist"],
    ["playlist"],
    ["audio"],
    ["image", "image"],
    ["sheet", "cues"],
    ["image"],
    ["image"],
  ]);
  const segmented = { name: "video.m3u8", parts: [{ name: expect.stringMatching(/^video-.*ts$/) }] };
  expect(task.subtasks[0]?.outputs).toMatchObject([segmented]);
  expect(task.subtasks[5]?.outputs).toMatchObject([{ name: "scene-00001.jpg", facts: { atSeconds: 0 } }]);
  expect(task.subtasks[6]?.outputs[0]?.facts).toMatchObject({ atSeconds: expect.toSatisfy((at) => at >= 1 && at < 3) });
});

test("a run keeps the exact commands it started, and a log that names no folder of this machine", async () => {
  const { db } = database;
  const task = await endOf(db, await addTask(db, mediaId, TRANSCODE));
  const [run] = task.runs;
  expect(run?.commands).toEqual([expect.arrayContaining(["ffmpeg", "-progress", "pipe:1", "libx264"])]);
  expect(run?.log.map((chunk) => chunk.text).join("")).not.toContain(folder.path);
});

test("a subtask whose plan is impossible fails at once with its reason, and the others succeed", async () => {
  const { db } = database;
  const beyond = step.parse({ operation: "transcode", template: 100030, use: { startOffsetSeconds: 500 } });
  const task = await endOf(db, await addTask(db, mediaId, beyond, COVER));
  expect(task.state).toBe("failed");
  expect(task.subtasks).toMatchObject([{ state: "failed", errorCode: "INVALID_TIME_OFFSET" }, { state: "succeeded" }]);
  expect(task.runs).toHaveLength(2);
});

test("a source that is gone fails the task without another attempt", async () => {
  const { db } = database;
  const goneId = await addMediaFile(db, env, join(folder.path, "clip"));
  await rm(join(folder.path, "store", "a1", "media", goneId), { recursive: true });
  const task = await endOf(db, await addTask(db, goneId, COVER));
  expect(task.subtasks).toMatchObject([{ state: "failed", errorCode: "SOURCE_GONE" }]);
  expect(task.runs).toHaveLength(1);
});

test("a source ffmpeg cannot read is tried three times, then fails with ffmpeg's words", async () => {
  const { db } = database;
  const brokenId = await addMediaFile(db, env, join(folder.path, "clip"));
  await truncate(join(folder.path, "store", "a1", "media", brokenId, "source.mp4"), 100);
  const task = await endOf(db, await addTask(db, brokenId, COVER));
  expect(task.runs.map((run) => [run.attempt, run.state])).toEqual([
    [1, "failed"],
    [2, "failed"],
    [3, "failed"],
  ]);
  expect(task.subtasks).toMatchObject([{ state: "failed", errorCode: "ENCODER_FAILED" }]);
  expect(task.subtasks[0]?.errorDetail).toContain("source.mp4");
  expect(task.subtasks[0]?.errorDetail).not.toContain(folder.path);
});

test("an adaptive stream is one output: its manifest, with every playlist and segment beside it", async () => {
  const { db } = database;
  const rungs = [90, 180].map((heightPx) => ({ video: { heightPx, framesPerSecond: 24 } }));
  const steps = [10, 20].map((template) =>
    step.parse({ operation: "adaptive-streaming", template, override: { rungs, segmentSeconds: 2 } }),
  );
  const taskId = await addTask(db, mediaId, ...steps);
  const task = await endOf(db, taskId);
  expect(task.state).toBe("succeeded");
  const facts = { widthPx: 320, heightPx: 180, framesPerSecond: 24, videoCodec: "h264", audioCodec: "aac" };
  expect(task.subtasks.map((subtask) => subtask.outputs)).toMatchObject([
    [{ role: "playlist", name: "stream.m3u8", facts: { container: "hls", ...facts } }],
    [{ role: "playlist", name: "stream.mpd", facts: { container: "dash", ...facts } }],
  ]);
  const recorded = task.subtasks.flatMap(({ outputs }) =>
    outputs.flatMap(({ name, storageKey, parts }) => {
      const folder = dirname(storageKey).slice(`a1/tasks/${taskId}/`.length);
      return [name, ...outputParts.parse(parts).map((part) => part.name)].map((file) => join(folder, file));
    }),
  );
  // Two pictures and a sound of two segments each, their playlists, the master: and of DASH three beginnings and a manifest.
  expect(recorded).toHaveLength(10 + 14);
  expect((await storedFilesOf(env, taskId)).sort()).toEqual(recorded.sort());
});

test("an inspection says at once what it found: a report with its verdict, pictures, and the commands of both its parts", async () => {
  const { db } = database;
  // The clip stands still for none of its time and is quiet for none; a moment of any of it counts.
  const strict = { operation: "inspection", template: 20, override: { blur: { minSeconds: 0.1, blurMax: 1 } } };
  const steps = [strict, { operation: "health-check", template: 10 }].map((one) => step.parse(one));
  const task = await endOf(db, await addTask(db, mediaId, ...steps));
  expect(task.state).toBe("succeeded");
  const [inspection, health] = task.subtasks.map(({ outputs }) => outputs);
  expect(inspection).toMatchObject([
    { role: "report", name: "report.json", facts: { verdict: "failed", findingCount: expect.any(Number) } },
    { role: "image", name: "finding-001.jpg", facts: { widthPx: 320 } },
    ...(inspection?.slice(2) ?? []),
  ]);
  expect(health).toMatchObject([{ role: "report", facts: { verdict: "passed", findingCount: 0 } }]);
  const [first, ...pictures] = task.runs.flatMap(({ commands }) => storedCommands.parse(commands));
  expect(first).toContain("-max_error_rate");
  expect(pictures.length).toBeGreaterThan(1);
});

test("an uploaded picture becomes a watermark; one whose template or picture is not there fails its subtask alone", async () => {
  const { db } = database;
  const bytes = await sharp({ create: { width: 40, height: 20, channels: 4, background: "#ff0000" } })
    .png()
    .toBuffer();
  const asset = await createAsset(db, openStore(env), {
    ...{ applicationId: 1, kind: "image", name: "logo.png", bytes, createdById: null },
  });
  if (!asset.ok) throw new Error(asset.failure.code);
  const makeTemplate = (assetId: string) =>
    createTemplate(db, {
      template: template.parse({ kind: "watermark", params: { mark: { type: "image", assetId } } }),
      ...{ applicationId: 1, name: "Logo", comment: "", createdById: null },
    });
  const marked = (definition: number) =>
    step.parse({ operation: "cover", template: 10, use: { watermarks: [{ template: definition }] } });
  const [logo, gone] = [await makeTemplate(asset.value.id), await makeTemplate("gone")];
  const steps = [logo.definition, gone.definition, 999].map(marked);
  const task = await endOf(db, await addTask(db, mediaId, ...steps));
  expect(task.subtasks.map(({ state, errorCode }) => [state, errorCode])).toEqual([
    ["succeeded", null],
    ["failed", "SOURCE_GONE"],
    ["failed", "TEMPLATE_NOT_FOUND"],
  ]);
  const cover = await openStore(env).materialise(task.subtasks[0]?.outputs[0]?.storageKey ?? "", folder.path);
  // A tenth as wide as the picture, in its corner.
  const [red = 0, green = 0] = await sharp(cover).extract({ left: 8, top: 8, width: 1, height: 1 }).raw().toBuffer();
  expect(red - green).toBeGreaterThan(180);
});
