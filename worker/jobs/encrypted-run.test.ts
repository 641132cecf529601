import { createDecipheriv } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { step } from "#domain/procedure.ts";
import { openContentKey } from "#server/content-keys/open-content-key.ts";
import type { Db } from "#server/db/client.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { restartTask } from "#server/tasks/restart-task.ts";
import { type RunningWorker, startWorker } from "../main.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../run/test-clips.ts";
import { addMediaFile, addTask, endOf, scratchOf, testEnv } from "../test-worker.ts";

const said: string[] = [];
const listening = new Writable({
  write: (chunk, _encoding, done) => {
    said.push(String(chunk));
    done();
  },
});

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let worker: RunningWorker;
let mediaId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  env = testEnv(database.url, folder.path);
  mediaId = await addMediaFile(database.db, env, await makeClip(join(folder.path, "clip"), { seconds: 2 }));
  worker = await startWorker(env, pino({ level: "trace" }, listening));
});
afterAll(async () => {
  await worker.stop();
  await database.drop();
  await folder.remove();
});

/** Every row of every table, as text; PostgreSQL writes bytes as hexadecimal digits. */
async function everythingIn(db: Db): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;
  const texts = await Promise.all(
    tables.map(({ name }) =>
      db.$queryRawUnsafe<{ text: string | null }[]>(`SELECT string_agg(t::text, ' ') AS text FROM ${name} AS t`),
    ),
  );
  return texts.flatMap((rows) => rows.map(({ text }) => text ?? "")).join("\n");
}

/** The stored files of the task's only output, and what its key is. */
async function readOutput(db: Db, taskId: string) {
  const { outputs } = (await endOf(db, taskId)).subtasks[0] ?? {};
  const [output] = outputs ?? [];
  const { id } = await db.contentKey.findUniqueOrThrow({ where: { outputId: output?.id ?? "" } });
  const key = await openContentKey(db, env.SECRET_KEY, { id });
  if (!key.ok) throw new Error(key.failure.code);
  const stored = join(folder.path, "store", output?.storageKey ?? "", "..");
  const names = await readdir(stored);
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(stored, name))] as const)),
  );
  return { id, key: key.value, files, facts: output?.facts };
}

test("an encrypted stream is published with its key nowhere in clear; a restart makes another one", async () => {
  const { db } = database;
  const override = { rungs: [{ video: { heightPx: 90 }, audio: null }], segmentSeconds: 1 };
  const taskId = await addTask(db, mediaId, step.parse({ operation: "adaptive-streaming", template: 12, override }));
  const first = await readOutput(db, taskId);
  expect(first.facts).toMatchObject({ container: "hls", encryption: "aes-128", videoCodec: "h264" });
  const segment = first.files.get("stream-video-1-00000.ts") ?? Buffer.of();
  const decipher = createDecipheriv("aes-128-cbc", first.key, Buffer.alloc(16));
  expect(Buffer.concat([decipher.update(segment), decipher.final()])[0]).toBe(0x47);
  expect(first.files.get("stream-video-1.m3u8")?.toString()).toContain(`URI="../../api/keys/${first.id}"`);

  const task = await endOf(db, taskId);
  expect(task.runs[0]?.commands).toEqual([expect.arrayContaining(["-hls_key_info_file"])]);
  const written = [await everythingIn(db), said.join(""), JSON.stringify(task.runs[0]?.commands)].join("\n");
  expect(written).toContain(first.id);
  for (const form of ["hex", "base64", "base64url"] as const)
    expect(written.toLowerCase()).not.toContain(first.key.toString(form).toLowerCase());
  for (const [name, content] of first.files) expect(content.includes(first.key), name).toBe(false);
  expect(await scratchOf(env)).toEqual([]);

  await restartTask(db, 1, taskId, { all: true });
  const second = await readOutput(db, taskId);
  expect(second.id).not.toBe(first.id);
  expect(second.key.equals(first.key)).toBe(false);
  expect(await db.contentKey.count()).toBe(1);
});
