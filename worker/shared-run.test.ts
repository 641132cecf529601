import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CHANNELS } from "#domain/live.ts";
import { step } from "#domain/procedure.ts";
import { Listening } from "#server/db/listen.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { cancelTask } from "#server/tasks/cancel-task.ts";
import { restartTask } from "#server/tasks/restart-task.ts";
import { isRunning, makeClip, makeTestFolder, type TestFolder } from "./run/test-clips.ts";
import {
  addMediaFile,
  addTask,
  endOf,
  eventsOf,
  makeRealTimePath,
  progressOf,
  SNAPSHOTS,
  scratchOf,
  storedFilesOf,
  testEnv,
  WorkerProcess,
} from "./test-worker.ts";

const execute = promisify(execFile);

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let workers: WorkerProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill("SIGKILL")));
  await database.drop();
  await folder.remove();
});

function startWorker(path = process.env.PATH ?? ""): WorkerProcess {
  const worker = new WorkerProcess(env, path);
  workers.push(worker);
  return worker;
}

async function addClip(seconds: number): Promise<string> {
  const clip = await makeClip(join(folder.path, "clip"), { seconds, size: "128x72" });
  return addMediaFile(database.db, env, clip);
}

/** By quality: where a rate is to be kept, x264's threads do not make the same of the same frames every time. */
const rendition = (template: number, video: object) =>
  step.parse({
    ...{ operation: "transcode", template },
    override: { video: { ...video, rateMode: "crf", crf: 30, bitrateKbps: 0 } },
  });
const LARGE = rendition(100_010, { heightPx: 72 });
const SMALL_HLS = rendition(100_210, { heightPx: 36 });
const SPRITE = step.parse({
  operation: "sprite",
  template: 10,
  override: { interval: { unit: "percent", value: 25 } },
});

type EndedTask = Awaited<ReturnType<typeof endOf>>;

/** The numbers of the subtasks that each run held, its attempt and its end. */
async function runsOf({ runs }: EndedTask) {
  const held = await database.db.runSubtask.findMany({
    where: { runId: { in: runs.map(({ id }) => id) } },
    include: { subtask: true },
  });
  return runs.map(({ id, attempt, state }) => {
    const numbers = held.filter(({ runId }) => runId === id).map(({ subtask }) => subtask.number);
    return { attempt, state, numbers: numbers.sort((a, b) => a - b) };
  });
}

/** What is in each output: of streams every packet, however a container orders them; of other files every byte. */
async function contentsOf({ subtasks }: EndedTask): Promise<string[][]> {
  return Promise.all(
    subtasks.map(({ outputs }) =>
      Promise.all(
        outputs.map(async ({ storageKey }) => {
          const path = join(env.DATA_DIR, "store", storageKey);
          const hashed = /\.(mp4|m3u8)$/.test(path)
            ? (await execute("ffmpeg", ["-v", "error", "-i", path, "-c", "copy", "-f", "streamhash", "-"])).stdout
            : createHash("sha256")
                .update(await readFile(path))
                .digest("hex");
          return `${basename(path)} ${hashed}`;
        }),
      ),
    ),
  );
}

test("subtasks that share a decode become what they become alone; one that is restarted leaves the others as they are", async () => {
  const { db } = database;
  startWorker();
  const mediaId = await addClip(2);
  const steps = [LARGE, SMALL_HLS, SNAPSHOTS, SPRITE];
  const taskId = await addTask(db, mediaId, ...steps);
  const shared = await endOf(db, taskId);
  expect(await runsOf(shared)).toEqual([{ attempt: 1, state: "succeeded", numbers: [1, 2, 3, 4] }]);
  expect(shared.runs[0]?.commands).toEqual([expect.arrayContaining(["ffmpeg", "-i"])]);
  const contents = await contentsOf(shared);
  expect(contents.map((outputs) => outputs.length)).toEqual([1, 1, 10, 2]);

  const alone = await Promise.all(steps.map(async (one) => endOf(db, await addTask(db, mediaId, one))));
  expect((await Promise.all(alone.map(contentsOf))).flat()).toEqual(contents);

  const [, second] = shared.subtasks;
  await restartTask(db, 1, taskId, { subtaskIds: [second?.id ?? ""] });
  const restarted = await endOf(db, taskId);
  expect((await runsOf(restarted))[1]).toEqual({ attempt: 1, state: "succeeded", numbers: [2] });
  const keysOf = (task: EndedTask) => task.subtasks.map(({ outputs }) => outputs.map(({ storageKey }) => storageKey));
  const [before, after] = [keysOf(shared), keysOf(restarted)];
  expect(after[1]).not.toEqual(before[1]);
  expect(after.with(1, [])).toEqual(before.with(1, []));
  expect(await contentsOf(restarted)).toEqual(contents);
});

/** A search path whose ffmpeg is given a profile that x264 does not know, wherever a rendition asks for `baseline`. */
async function makeFailingPath(): Promise<string> {
  const bin = join(folder.path, "failing");
  const { stdout: ffmpeg } = await execute("sh", ["-c", "command -v ffmpeg"]);
  await mkdir(bin);
  const swap = 'for arg do shift; [ "$arg" = baseline ] && arg=nonsense; set -- "$@" "$arg"; done';
  await writeFile(join(bin, "ffmpeg"), `#!/bin/sh\n${swap}\nexec ${ffmpeg.trim()} "$@"\n`, { mode: 0o755 });
  return `${bin}:${process.env.PATH}`;
}

test("where one of them makes the shared ffmpeg fail, they go on alone: it fails with its own reason, the others succeed", async () => {
  const { db } = database;
  startWorker(await makeFailingPath());
  const bad = rendition(100_010, { heightPx: 36, profile: "baseline" });
  const taskId = await addTask(db, await addClip(1), LARGE, bad, SPRITE);
  const task = await endOf(db, taskId);
  expect(task.subtasks.map(({ state, errorCode }) => [state, errorCode])).toEqual([
    ["succeeded", null],
    ["failed", "ENCODER_FAILED"],
    ["succeeded", null],
  ]);
  expect(task.subtasks[1]?.errorDetail).toContain("nonsense");
  const [first, ...others] = await runsOf(task);
  expect(first).toEqual({ attempt: 1, state: "failed", numbers: [1, 2, 3] });
  expect(others.map(({ attempt, state, numbers }) => `${numbers} ${attempt} ${state}`).sort()).toEqual([
    "1 1 succeeded",
    "2 1 failed",
    "2 2 failed",
    "2 3 failed",
    "3 1 succeeded",
  ]);
  const ends = (await eventsOf(db, taskId)).filter((type) => /succeeded|failed|finished/.test(type));
  expect(ends.sort()).toEqual(["subtask.failed", "subtask.succeeded", "subtask.succeeded", "task.finished"]);
  expect(await scratchOf(env)).toEqual([]);
});

test("members of a group come equally far, never back, and a cancel ends all of them", async () => {
  const { db, url } = database;
  const worker = startWorker(await makeRealTimePath(folder.path));
  const percents: number[][] = [];
  const listening = new Listening(url, CHANNELS.live, {
    onPayload: (text) => {
      const told = JSON.parse(text);
      if (told.type === "progress") percents.push(told.subtasks.map(({ percent }: { percent: number }) => percent));
    },
  });
  const taskId = await addTask(db, await addClip(60), LARGE, SMALL_HLS);
  const ffmpeg = await worker.encoder();
  await expect.poll(() => percents.length, { timeout: 20_000 }).toBeGreaterThan(2);
  await cancelTask(db, 1, taskId);
  await expect.poll(() => isRunning(ffmpeg), { timeout: 2_000 }).toBe(false);
  const task = await endOf(db, taskId);
  await listening.stop();
  expect(task.subtasks.map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  expect(await runsOf(task)).toEqual([{ attempt: 1, state: "cancelled", numbers: [1, 2] }]);
  expect(await storedFilesOf(env, taskId)).toEqual([]);
  const firsts = percents.map(([first]) => first ?? 0);
  expect(percents).toEqual(firsts.map((first) => [first, first]));
  expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
  expect(firsts.at(-1)).toBeGreaterThan(0);
});

test("a worker killed in the middle of a group: its members go on alone in their second attempt", async () => {
  const { db } = database;
  const path = await makeRealTimePath(folder.path);
  const first = startWorker(path);
  const taskId = await addTask(db, await addClip(4), LARGE, SMALL_HLS);
  const ffmpeg = await first.encoder();
  await progressOf(db, taskId);
  startWorker(path);
  await first.kill("SIGKILL");
  await expect.poll(() => isRunning(ffmpeg), { timeout: 2_000 }).toBe(false);
  const task = await endOf(db, taskId);
  expect(task.state).toBe("succeeded");
  const [lost, ...others] = await runsOf(task);
  expect(lost).toEqual({ attempt: 1, state: "lost", numbers: [1, 2] });
  const second = { attempt: 2, state: "succeeded" };
  expect(others).toEqual([
    { ...second, numbers: [1] },
    { ...second, numbers: [2] },
  ]);
  const each = ["subtask.processing", "subtask.waiting", "subtask.processing", "subtask.succeeded"];
  expect((await eventsOf(db, taskId)).sort()).toEqual([...each, ...each, "task.finished"].sort());
});
