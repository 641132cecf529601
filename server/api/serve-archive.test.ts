import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { FileLinks } from "../files/file-links.ts";
import { FolderStore } from "../storage/folder-store.ts";
import type { ByteRange, OpenFile } from "../storage/store.ts";
import { serveArchive } from "./serve-archive.ts";
import { addMedia, addTask, SECRET_KEY } from "./test-rows.ts";

/** Remembers what it opened, to see it closed again. */
class WatchedStore extends FolderStore {
  readonly opened: Readable[] = [];

  override async open(key: string, range?: ByteRange): Promise<OpenFile | null> {
    const file = await super.open(key, range);
    if (file !== null) this.opened.push(file.stream);
    return file;
  }
}

const links = new FileLinks(SECRET_KEY);
let database: TestDatabase;
let folder: string;
let store: WatchedStore;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "reelflow-archive-"));
  store = new WatchedStore(join(folder, "store"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function put(key: string, text: string): Promise<void> {
  const file = join(folder, "new");
  await writeFile(file, text);
  await store.putFile(file, key);
}

function get(url: string, signal?: AbortSignal): Promise<Response> {
  const [, , token = ""] = url.split("/");
  const request = new Request(`http://localhost${url}`, { signal: signal ?? null });
  return serveArchive(request, { db: database.db, store, links }, token);
}

/** Reads a ZIP of stored entries by its central directory, as unpackers do, and checks what it declares. */
async function unpack(response: Response): Promise<Record<string, string>> {
  const zip = Buffer.from(await response.arrayBuffer());
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const files: Record<string, string> = {};
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [flags, method, crc, sizeBytes] = [8, 10, 16, 24].map((offset) => zip.readUInt32LE(at + offset));
    const [nameBytes = 0, extraBytes = 0, commentBytes = 0] = [28, 30, 32].map((offset) =>
      zip.readUInt16LE(at + offset),
    );
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + (sizeBytes ?? 0));
    const name = zip.toString("utf8", at + 46, at + 46 + nameBytes);
    expect((method ?? 0) & 0xffff, "stored").toBe(0);
    expect(crc32(content)).toBe(crc);
    // Bit 11 declares UTF-8; without it unpackers guess.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what ASCII is
    if (!/^[\x00-\x7f]*$/.test(name)) expect((flags ?? 0) & 0x800).toBe(0x800);
    files[name] = content.toString("utf8");
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return files;
}

async function aTask() {
  const mediaId = await addMedia(database.db, { name: "第1集.mp4" });
  const task = await addTask(database.db, { mediaId }, [
    { state: "succeeded", outputs: [["video.mp4"]] },
    { state: "succeeded", kind: "remux", templateName: "直播/流 *HLS*", outputs: [["index.m3u8", "1.ts", "2.ts"]] },
    { state: "failed" },
  ]);
  const place = `a1/tasks/${task.taskId}/${task.runId}`;
  for (const file of ["1/video.mp4", "2/index.m3u8", "2/1.ts", "2/2.ts"]) await put(`${place}/${file}`, `of ${file}`);
  return task;
}

test("a task's ZIP has a folder for each subtask with all of its files, under names of any script", async () => {
  const { taskId } = await aTask();
  const response = await get(links.taskZipUrl(taskId));
  expect(response.headers.get("content-disposition")).toContain(`filename*=UTF-8''%E7%AC%AC1%E9%9B%86-${taskId}.zip`);
  expect(await unpack(response)).toEqual({
    "1-transcode-MP4-HD-720P/video.mp4": "of 1/video.mp4",
    "2-remux-直播-流-HLS/index.m3u8": "of 2/index.m3u8",
    "2-remux-直播-流-HLS/1.ts": "of 2/1.ts",
    "2-remux-直播-流-HLS/2.ts": "of 2/2.ts",
  });
});

test("a subtask's ZIP has its files only", async () => {
  const { subtaskIds } = await aTask();
  const response = await get(links.subtaskZipUrl(subtaskIds[0] ?? ""));
  expect(await unpack(response)).toEqual({ "1-transcode-MP4-HD-720P/video.mp4": "of 1/video.mp4" });
});

test("a file that is gone breaks the download off instead of being left out", async () => {
  const { taskId, runId } = await aTask();
  await store.remove(`a1/tasks/${taskId}/${runId}/2/1.ts`);
  const response = await get(links.taskZipUrl(taskId));
  await expect(response.arrayBuffer()).rejects.toThrow("Missing in the store");
});

test("nothing to pack, no such task and a link to a file answer so", async () => {
  const { taskId } = await addTask(database.db);
  expect((await get(links.taskZipUrl(taskId))).status).toBe(404);
  expect((await get(links.taskZipUrl("none"))).status).toBe(404);
  expect((await get(links.url("a1/x").replace("/files/", "/archive/"))).status).toBe(403);
  expect((await get("/archive/made.up")).status).toBe(403);
});

test("whoever leaves in the middle leaves no file open", async () => {
  const { taskId, runId } = await addTask(database.db, {}, [
    { state: "succeeded", outputs: [["a.mp4", "b.mp4", "c.mp4"]] },
  ]);
  for (const name of ["a", "b", "c"]) await put(`a1/tasks/${taskId}/${runId}/1/${name}.mp4`, "x".repeat(8_000_000));
  const openedBefore = store.opened.length;
  const connection = new AbortController();
  const reader = (await get(links.taskZipUrl(taskId), connection.signal)).body?.getReader();
  await reader?.read();
  expect(store.opened).toHaveLength(openedBefore + 1);
  connection.abort();
  await expect.poll(() => store.opened.slice(openedBefore).every((stream) => stream.closed)).toBe(true);
  expect(store.opened).toHaveLength(openedBefore + 1);
});
