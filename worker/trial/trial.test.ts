import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#domain/id.ts";
import { type Template, template } from "#domain/template.ts";
import { type Stretch, stretch, type TrialResult, trialResult } from "#domain/trial/trial.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { trialPrefix } from "#server/storage/layout.ts";
import { cancelTrial } from "#server/trials/cancel-trial.ts";
import { createTrial } from "#server/trials/create-trial.ts";
import { readTrial } from "#server/trials/read-trial.ts";
import { sweepTrials } from "#server/trials/sweep-trials.ts";
import { type RunningWorker, startWorker } from "../main.ts";
import { probe } from "../run/probe.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../run/test-clips.ts";
import { addMediaFile, scratchOf, testEnv } from "../test-worker.ts";

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let worker: RunningWorker;
let mediaId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  worker = await startWorker(env, pino({ level: process.env.WORKER_LOG ?? "silent" }));
  mediaId = await addMediaFile(database.db, env, await makeClip(join(folder.path, "clip"), { seconds: 6 }));
});
afterAll(async () => {
  await worker.stop();
  await database.drop();
  await folder.remove();
});

interface Wish {
  params?: object;
  of?: Partial<Stretch>;
  rung?: number;
  createdById?: string;
}

async function tried(kind: Template["kind"], { params = {}, of = {}, rung = 0, createdById = newId() }: Wish = {}) {
  const created = await createTrial(database.db, {
    ...{ applicationId: 1, createdById, mediaId, rung },
    ...{ template: template.parse({ kind, params }), stretch: stretch.parse({ durationSeconds: 2, ...of }) },
  });
  if (!created.ok) throw new Error(created.failure.code);
  return { applicationId: 1, createdById, id: created.value.trialId };
}

const stateOf = async (id: string) => (await database.db.trial.findUniqueOrThrow({ where: { id } })).state;

async function resultOf(kind: Template["kind"], wish: Wish = {}): Promise<TrialResult & { dir: string }> {
  const whose = await tried(kind, wish);
  await expect.poll(() => stateOf(whose.id), { timeout: 40_000, interval: 50 }).toMatch(/succeeded|failed/);
  const trial = await readTrial(database.db, whose);
  if (!trial.ok || trial.value.result === null)
    throw new Error(JSON.stringify(trial.ok ? trial.value.failure : trial.failure));
  return { ...trialResult.parse(trial.value.result), dir: join(env.DATA_DIR, "store", trial.value.prefix) };
}

async function probed(path: string) {
  const info = await probe(path, { signal: new AbortController().signal });
  if (!info.ok) throw new Error(info.failure.detail);
  return info.value;
}

test("a transcode: size, what the whole would be, time, similarity, and both pictures in one film of the same frames", async () => {
  const { dir, shown, ...facts } = await resultOf("transcode", {
    params: { video: { heightPx: 90, bitrateKbps: 60 } },
  });
  expect(facts).toMatchObject({ startSeconds: 2, durationSeconds: 2 });
  expect(facts.sizeBytes).toBeGreaterThan(5000);
  expect(facts.wholeSizeBytes).toBeGreaterThan(2 * facts.sizeBytes);
  expect(facts.seconds).toBeGreaterThan(0);
  if (shown.kind !== "film") throw new Error(shown.kind);
  expect(shown).toMatchObject({
    widthPx: 320,
    heightPx: 180,
    framesPerSecond: 25,
    made: { widthPx: 160, heightPx: 90 },
  });
  const pair = await probed(join(dir, shown.pairName));
  expect(pair.video).toMatchObject({ codec: "h264", widthPx: 320, heightPx: 360 });
  expect(pair.video?.durationSeconds).toBeCloseTo(2, 1);
  expect(pair.audio).toHaveLength(1);
  // A quarter of the pixels cannot look the same.
  expect(shown.ssim?.all).toBeLessThan(0.95);
  expect(shown.ssim?.lowest).toBeLessThanOrEqual(shown.ssim?.all ?? 0);
});

test("a better quality is more alike, and a copy is the same", async () => {
  const ssimOf = async (kind: Template["kind"], wish: Wish) => {
    const { shown } = await resultOf(kind, wish);
    return shown.kind === "film" ? (shown.ssim?.all ?? 0) : 0;
  };
  const poor = await ssimOf("transcode", { params: { video: { rateMode: "crf", crf: 45 } } });
  const good = await ssimOf("transcode", { params: { video: { rateMode: "crf", crf: 12 } } });
  expect(good).toBeGreaterThan(0.98);
  expect(good).toBeGreaterThan(poor + 0.02);
  // A copy begins at a key frame, which here is the beginning.
  expect(await ssimOf("remux", { of: { start: 0 } })).toBeGreaterThan(0.999);
});

test("bars, another frame rate and a start between two frames are none of the difference", async () => {
  const video = { widthPx: 320, heightPx: 320, fill: "white", rateMode: "crf", crf: 12, framesPerSecond: 10 };
  const { shown } = await resultOf("transcode", { params: { video }, of: { start: 1.013 } });
  if (shown.kind !== "film") throw new Error(shown.kind);
  expect(shown.framesPerSecond).toBe(10);
  expect(shown.ssim?.lowest).toBeGreaterThan(0.95);
});

test("of an adaptive stream a rung, of a stream in segments a file: what is seen is the same", async () => {
  const rungs = [{ video: { heightPx: 90, bitrateKbps: 100 } }, { video: { heightPx: 180, bitrateKbps: 300 } }];
  const rung = await resultOf("adaptive-streaming", { params: { rungs }, rung: 1 });
  expect(rung.shown).toMatchObject({ kind: "film", made: { heightPx: 180 } });
  const hls = await resultOf("transcode", { params: { container: "hls", encryption: "aes-128" } });
  expect(hls.shown).toMatchObject({ kind: "film" });
});

test("sound is decoded on both sides, and drawn", async () => {
  const { shown, dir } = await resultOf("audio", { params: { container: "ogg" } });
  if (shown.kind !== "sound") throw new Error(shown.kind);
  for (const name of [shown.originalName, shown.madeName])
    expect((await probed(join(dir, name))).durationSeconds).toBeCloseTo(2, 1);
  expect(shown.originalPeaks.length).toBeGreaterThan(100);
  expect(Math.max(...shown.madePeaks)).toBeGreaterThan(0.05);
});

test.each([
  ["snapshot", {}, 1],
  ["sampled-snapshot", { interval: { unit: "seconds", value: 1 } }, 2],
  ["sprite", { interval: { unit: "seconds", value: 1 } }, 1],
  ["animated-graphic", { format: "gif", heightPx: 90 }, 1],
  ["animated-graphic", { format: "mp4", heightPx: 90 }, 1],
] as const)("%s shows its pictures beside the frame of the source: %j", async (kind, params, count) => {
  const { shown, dir } = await resultOf(kind, { params });
  if (shown.kind !== "pictures") throw new Error(shown.kind);
  expect(shown.pictures).toHaveLength(count);
  for (const { name, sizeBytes } of shown.pictures) expect((await stat(join(dir, name))).size).toBe(sizeBytes);
  expect((await probed(join(dir, shown.frameName ?? ""))).video).toMatchObject({ widthPx: 320, heightPx: 180 });
});

test("the busiest seconds are those with most bits", async () => {
  const calm = "color=gray:size=320x180:rate=25:duration=5";
  const busy = "testsrc2=size=320x180:rate=25:duration=3,noise=alls=40:allf=t";
  const { makeWith } = await import("../run/test-clips.ts");
  const path = join(folder.path, "busy.mp4");
  const joined = [
    "-filter_complex",
    "[0:v][1:v]concat=n=2[v]",
    "-map",
    "[v]",
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
  ];
  await makeWith(["-f", "lavfi", "-i", calm, "-f", "lavfi", "-i", busy, ...joined, "-pix_fmt", "yuv420p"], path);
  const earlier = mediaId;
  mediaId = await addMediaFile(database.db, env, path);
  const { startSeconds } = await resultOf("transcode", { of: { start: "busiest" } });
  mediaId = earlier;
  expect(startSeconds).toBeGreaterThanOrEqual(4.9);
});

test("what leaves nothing to see is refused, and so is another application's media", async () => {
  const request = { applicationId: 1, createdById: "u", mediaId, rung: 0, stretch: stretch.parse({}) };
  const of = (kind: string) => template.parse({ kind, params: {} });
  expect(await createTrial(database.db, { ...request, template: of("inspection") })).toMatchObject({
    failure: { code: "CANNOT_TRY" },
  });
  expect(await createTrial(database.db, { ...request, applicationId: 2, template: of("transcode") })).toMatchObject({
    failure: { code: "MEDIA_NOT_FOUND" },
  });
  const whose = await tried("snapshot");
  expect(await readTrial(database.db, { ...whose, createdById: "another" })).toMatchObject({
    failure: { code: "TRIAL_NOT_FOUND" },
  });
});

test("what cannot be made says why", async () => {
  const whose = await tried("transcode", { params: { video: { crop: { leftPx: 4000 } } } });
  await expect.poll(() => stateOf(whose.id), { timeout: 20_000 }).toBe("failed");
  expect(await readTrial(database.db, whose)).toMatchObject({ value: { failure: { code: "INVALID_PARAMETER" } } });
});

test("a newer trial of the same user takes the place of the one before, and one that is cancelled leaves nothing", async () => {
  const createdById = newId();
  // So long that it cannot be done before it is replaced.
  const slow = { params: { video: { heightPx: 2160, enhance: { interpolateTo: 60 } } }, createdById };
  const first = await tried("transcode", slow);
  await expect.poll(() => stateOf(first.id), { timeout: 20_000 }).toBe("running");
  const second = await tried("transcode", slow);
  expect(await stateOf(first.id)).toBe("cancelled");
  await expect.poll(() => stateOf(second.id), { timeout: 20_000 }).toBe("running");
  await cancelTrial(database.db, second);
  await expect.poll(() => scratchOf(env), { timeout: 10_000 }).toEqual([]);
  expect(await stateOf(second.id)).toBe("cancelled");
  const stored = await readdir(join(env.DATA_DIR, "store", trialPrefix(second))).catch(() => []);
  expect(stored).toEqual([]);
});

test("one nobody asks for any more is cancelled; one that has expired goes with its files", async () => {
  const { db } = database;
  const { dir } = await resultOf("snapshot");
  const old = { seenAt: new Date(Date.now() - 3_600_000), expiresAt: new Date(Date.now() - 1000) };
  const common = { applicationId: 1, mediaId, createdById: "u", operation: {}, stretch: {} };
  const forgotten = newId();
  await db.trial.create({ data: { ...common, ...old, id: forgotten, expiresAt: new Date(Date.now() + 9e6) } });
  await db.trial.updateMany({ where: { state: "succeeded" }, data: old });
  await sweepTrials(db);
  expect(await stateOf(forgotten)).toBe("cancelled");
  expect(await db.trial.count({ where: { state: "succeeded" } })).toBe(0);
  await expect.poll(() => stat(dir).catch(() => null), { timeout: 20_000 }).toBeNull();
});
