/** Workers as real processes over a database and a data folder of a test's own. Never imported by the product. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import { newMediaId } from "#domain/id.ts";
import { mediaKindOf } from "#domain/media.ts";
import { type Step, step } from "#domain/procedure.ts";
import type { Db } from "#server/db/client.ts";
import { type Env, parseEnv } from "#server/env.ts";
import { sourceKey } from "#server/storage/layout.ts";
import { openStore } from "#server/storage/open-store.ts";
import { createTask } from "#server/tasks/create-task.ts";
import { probe } from "./run/probe.ts";

const execute = promisify(execFile);
const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

/** 720p from a preset. */
export const TRANSCODE = step.parse({ operation: "transcode", template: 100030 });
export const SNAPSHOTS = step.parse({ operation: "sampled-snapshot", template: 10 });
export const COVER = step.parse({ operation: "cover", template: 10 });

export function testEnv(databaseUrl: string, dataDir: string): Env {
  return parseEnv({
    ...{ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, WORKER_CONCURRENCY: "2", LOG_LEVEL: "warn" },
    SECRET_KEY: "for tests only, and long enough for them",
  });
}

export class WorkerProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;

  constructor({ DATABASE_URL, DATA_DIR, WORKER_CONCURRENCY, LOG_LEVEL, SECRET_KEY }: Env, PATH: string) {
    const env = { PATH, DATABASE_URL, DATA_DIR, WORKER_CONCURRENCY: String(WORKER_CONCURRENCY), LOG_LEVEL, SECRET_KEY };
    this.child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, ...env },
      stdio: ["ignore", process.env.WORKER_LOG === undefined ? "ignore" : "inherit", "inherit"],
    });
    this.exited = once(this.child, "exit");
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error("The worker was not started.");
    return this.child.pid;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.exited;
  }

  /** Process ids of its ffmpegs, but for those that are only asked what they can do. */
  async encoders(): Promise<number[]> {
    const encoding = ["-P", String(this.pid), "-f", "progress pipe:1"];
    const { stdout } = await execute("pgrep", encoding).catch(() => ({ stdout: "" }));
    return stdout.split("\n").filter(Boolean).map(Number);
  }

  /** The one ffmpeg it runs, once it does. */
  async encoder(): Promise<number> {
    await expect.poll(() => this.encoders(), { timeout: 20_000 }).toHaveLength(1);
    const [pid = 0] = await this.encoders();
    return pid;
  }
}

/**
 * A search path whose ffmpeg reads no faster than real time: a run on a clip of some seconds then takes these seconds on
 * every machine, and hardly any of its processor.
 */
export async function makeRealTimePath(folder: string): Promise<string> {
  const bin = join(folder, "bin");
  const { stdout: ffmpeg } = await execute("sh", ["-c", "command -v ffmpeg"]);
  await mkdir(bin);
  await writeFile(join(bin, "ffmpeg"), `#!/bin/sh\nexec ${ffmpeg.trim()} -re "$@"\n`, { mode: 0o755 });
  return `${bin}:${process.env.PATH}`;
}

/** A media of that file, as if it had been uploaded. The file stays. */
export async function addMediaFile(db: Db, env: Env, path: string): Promise<string> {
  const id = newMediaId();
  const info = await probe(path, { signal: new AbortController().signal });
  if (!info.ok) throw new Error(info.failure.code);
  const storageKey = sourceKey({ applicationId: 1, mediaId: id }, "mp4");
  const copy = `${path}.${id}`;
  await copyFile(path, copy);
  await openStore(env).putFile(copy, storageKey);
  await db.media.create({
    data: {
      ...{ id, applicationId: 1, name: "clip.mp4", kind: mediaKindOf(info.value), source: "upload", storageKey },
      ...{ sizeBytes: info.value.sizeBytes, info: { ...info.value } },
    },
  });
  return id;
}

export async function addTask(db: Db, mediaId: string, ...steps: Step[]): Promise<string> {
  const created = await createTask(db, { applicationId: 1, startedBy: "console", mediaId, steps });
  if (!created.ok) throw new Error(created.failure.code);
  return created.value.taskId;
}

export function readTask(db: Db, id: string) {
  return db.task.findUniqueOrThrow({
    where: { id },
    include: {
      subtasks: { orderBy: { number: "asc" }, include: { outputs: { orderBy: { number: "asc" } } } },
      runs: { orderBy: [{ createdAt: "asc" }, { attempt: "asc" }, { startedAt: "asc" }], include: { log: true } },
    },
  });
}

export async function endOf(db: Db, taskId: string, timeout = 40_000) {
  await expect.poll(async () => (await readTask(db, taskId)).endedAt, { timeout, interval: 100 }).not.toBeNull();
  return readTask(db, taskId);
}

/** The first subtask has reported some progress. */
export async function progressOf(db: Db, taskId: string): Promise<void> {
  const percent = async () => (await readTask(db, taskId)).subtasks[0]?.progressPercent;
  await expect.poll(percent, { timeout: 30_000, interval: 50 }).toBeGreaterThan(0);
}

export async function eventsOf(db: Db, taskId: string): Promise<string[]> {
  const events = await db.event.findMany({ where: { taskId }, orderBy: { id: "asc" } });
  return events.map((event) => event.type);
}

/** Files and folders of runs in the making. */
export async function scratchOf({ DATA_DIR }: Env): Promise<string[]> {
  const root = join(DATA_DIR, "scratch");
  const workers = await readdir(root).catch(() => []);
  const runs = await Promise.all(workers.map((worker) => readdir(join(root, worker)).catch(() => [])));
  return runs.flat();
}

/** Everything stored for a task, by its path below the task's folder. */
export async function storedFilesOf(env: Env, taskId: string): Promise<string[]> {
  const root = join(env.DATA_DIR, "store", "a1", "tasks", taskId);
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
