import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ResumeRecords } from "./resume-records.ts";
import { nodeFileReader, startTestTusServer, type TestTusServer } from "./test-tus-server.ts";
import type { UploadEntry } from "./upload-entry.ts";
import { UploadQueue } from "./upload-queue.ts";

const MB = 1024 * 1024;
let server: TestTusServer;
let storage: Map<string, string>;
const queues: UploadQueue[] = [];

beforeEach(async () => {
  server = await startTestTusServer();
  storage = new Map();
});

afterEach(async () => {
  for (const queue of queues.splice(0)) queue.stopAll();
  await server.close();
});

/** A queue of one page view; storage is what survives a reload. */
function aQueue(): UploadQueue {
  const records = new ResumeRecords({
    getItem: (key) => storage.get(key) ?? null,
    setItem: (key, value) => void storage.set(key, value),
  });
  const queue = new UploadQueue({
    endpoint: server.endpoint,
    records,
    fileReader: nodeFileReader,
    retryDelayMs: () => 20,
  });
  queues.push(queue);
  return queue;
}

function aFile(name: string, sizeBytes = 4 * MB): File {
  const bytes = new Uint8Array(sizeBytes).map((_, index) => (index * 31 + name.length * 7 + (index >> 8)) % 251);
  return new File([bytes], name, { lastModified: 1 });
}

async function sha1Of(file: File): Promise<string> {
  return createHash("sha1")
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest("hex");
}

function only(queue: UploadQueue): UploadEntry {
  const [entry, ...others] = queue.snapshot();
  if (entry === undefined || others.length > 0) throw new Error("Expected one entry.");
  return entry;
}

function statesOf(queue: UploadQueue): string[] {
  return queue.snapshot().map((entry) => entry.state);
}

function createdId(number = 0): string {
  const upload = server.created[number];
  if (upload === undefined) throw new Error("No such upload.");
  return upload.id;
}

/** Starts a file and holds the network when about half of it is at the server. */
async function startHalf(queue: UploadQueue, file: File): Promise<void> {
  server.allowBytes(file.size / 2);
  queue.add([file], null);
  queue.startAll();
  await vi.waitFor(async () => expect(await server.receivedBytes(createdId())).toBeGreaterThan(MB), 5_000);
}

test("files arrive byte for byte, three at a time, with their name and procedure", async () => {
  const queue = aQueue();
  const files = ["a.mp4", "b 한글.mp4", "c.mp4", "d.mp4", "e.mp4"].map((name) => aFile(name));
  queue.add(files, "StreamH264");
  const second = queue.snapshot()[1];
  if (second !== undefined) queue.chooseProcedure(second.id, null);
  queue.startAll();
  await vi.waitFor(() => expect(statesOf(queue)).toEqual(["sent", "sent", "sent", "sent", "sent"]), 10_000);

  expect(server.inProgressMax()).toBe(3);
  const metadata = server.created.map((upload) => upload.metadata);
  expect(metadata).toContainEqual({ filename: "a.mp4", procedure: "StreamH264" });
  expect(metadata).toContainEqual({ filename: "b 한글.mp4" });
  const arrived = await Promise.all(server.created.map((upload) => server.sha1Of(upload.id)));
  const expected = await Promise.all(files.map(sha1Of));
  expect(arrived.sort()).toEqual(expected.sort());
});

test("nothing is sent before it is started", async () => {
  const queue = aQueue();
  queue.add([aFile("a.mp4")], null);
  expect(statesOf(queue)).toEqual(["staged"]);
  expect(server.created).toEqual([]);
});

test("a cut connection and a server that was away cost no byte that had arrived", async () => {
  const queue = aQueue();
  const file = aFile("long.mp4", 8 * MB);
  await startHalf(queue, file);
  await server.switchOff();
  await vi.waitFor(() => expect(only(queue)).toMatchObject({ state: "reconnecting" }), 5_000);
  // Several tries against a closed port.
  await vi.waitFor(() => expect(only(queue).attempts).toBeGreaterThan(3), 5_000);
  server.allowBytes(Number.POSITIVE_INFINITY);
  await server.switchOn();
  await vi.waitFor(() => expect(only(queue).state).toBe("sent"), 10_000);
  expect(server.created).toHaveLength(1);
  expect(await server.sha1Of(createdId())).toBe(await sha1Of(file));
});

test("a paused upload stands still and goes on from where it was", async () => {
  const queue = aQueue();
  const file = aFile("pause.mp4", 8 * MB);
  await startHalf(queue, file);
  queue.pause(only(queue).id);
  server.allowBytes(Number.POSITIVE_INFINITY);
  expect(only(queue).state).toBe("paused");
  queue.resume(only(queue).id);
  await vi.waitFor(() => expect(only(queue).state).toBe("sent"), 10_000);
  expect(server.created).toHaveLength(1);
  expect(await server.sha1Of(createdId())).toBe(await sha1Of(file));
});

test("after a reload the same file goes on where it stopped, with the procedure it was begun with", async () => {
  const file = aFile("reload.mp4", 8 * MB);
  const before = aQueue();
  await startHalf(before, file);
  before.stopAll();
  server.cutConnections();
  server.allowBytes(Number.POSITIVE_INFINITY);

  const after = aQueue();
  after.add([aFile("reload.mp4", 8 * MB)], "Other");
  expect(only(after)).toMatchObject({ state: "staged", procedureName: null });
  after.startAll();
  await vi.waitFor(() => expect(only(after).state).toBe("sent"), 10_000);
  expect(server.created).toHaveLength(1);
  expect(await server.sha1Of(createdId())).toBe(await sha1Of(file));
});

test("a file changed since is another file", async () => {
  const before = aQueue();
  await startHalf(before, aFile("clip.mp4", 8 * MB));
  before.stopAll();
  const after = aQueue();
  after.add([new File([new Uint8Array(8 * MB)], "clip.mp4", { lastModified: 2 })], null);
  expect(only(after).uploadUrl).toBeNull();
});

test("an upload the server no longer has starts again from the first byte", async () => {
  const queue = aQueue();
  const file = aFile("gone.mp4", 8 * MB);
  await startHalf(queue, file);
  queue.pause(only(queue).id);
  server.cutConnections();
  await server.loseUploads();
  server.allowBytes(Number.POSITIVE_INFINITY);
  queue.resume(only(queue).id);
  await vi.waitFor(() => expect(only(queue).state).toBe("sent"), 10_000);
  expect(await server.sha1Of(createdId(1))).toBe(await sha1Of(file));
});

test("a refusal is final, names its code, and frees the place for the next", async () => {
  server.refuseWith({ status_code: 413, body: "too large" });
  const queue = aQueue();
  queue.add(
    ["a", "b", "c", "d"].map((name) => aFile(name, MB)),
    null,
  );
  queue.startAll();
  await vi.waitFor(() => expect(statesOf(queue)).toEqual(["failed", "failed", "failed", "failed"]), 5_000);
  expect(queue.snapshot()[0]?.failure?.code).toBe("MEDIA_TOO_LARGE");
});

test("an empty file is refused without asking", () => {
  const queue = aQueue();
  queue.add([aFile("empty.mp4", 0)], null);
  expect(only(queue)).toMatchObject({ state: "failed", failure: { code: "EMPTY_FILE" } });
});

test("the same file is listed once", () => {
  const queue = aQueue();
  queue.add([aFile("a.mp4"), aFile("a.mp4")], null);
  queue.add([aFile("a.mp4")], null);
  expect(queue.snapshot()).toHaveLength(1);
});

test("removing one makes room for the next", async () => {
  const queue = aQueue();
  server.allowBytes(MB);
  queue.add(
    ["a", "b", "c", "d"].map((name) => aFile(name, 2 * MB)),
    null,
  );
  queue.startAll();
  expect(statesOf(queue)).toEqual(["sending", "sending", "sending", "queued"]);
  const first = queue.snapshot()[0];
  if (first !== undefined) queue.remove(first.id);
  expect(statesOf(queue)).toEqual(["sending", "sending", "sending"]);
});
