import { mkdtemp, rm, stat, statfs, utimes, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Upload } from "tus-js-client";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { completeUpload } from "../media/complete-upload.ts";
import { sweepUploads } from "../media/sweep-uploads.ts";
import { UploadFiles } from "../media/upload-files.ts";
import { FolderStore } from "../storage/folder-store.ts";
import { createCaller } from "./router.ts";
import type { Me } from "./rows.ts";
import { addUser } from "./test-rows.ts";
import { testServices } from "./test-services.ts";
import { createUploads } from "./uploads.ts";

const MB = 1024 * 1024;
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let folder: string;
let operator: Me;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "reelflow-uploads-"));
  operator = await addUser(database.db, "operator");
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A web process as far as uploads know it; `asker` is whoever is signed in. */
interface Web {
  url: string;
  asker: Me | null;
  stop: () => Promise<void>;
}

const running: Web[] = [];
let web: Web;
beforeEach(async () => {
  web = await startWeb();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

function services(stopping = new AbortController()) {
  return testServices(database, folder, { stopping: stopping.signal });
}

async function startWeb(port = 0): Promise<Web> {
  const stopping = new AbortController();
  const serveUploads = createUploads(services(stopping));
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const response = await serveUploads(requestOf(incoming), started.asker);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    await pipeline(Readable.from(response.body ?? []), outgoing).catch(() => undefined);
  };
  const started: Web = {
    url: `http://127.0.0.1:${await listen(server, port)}`,
    asker: operator,
    stop: async () => {
      stopping.abort();
      server.closeIdleConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  running.push(started);
  return started;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve) =>
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    }),
  );
}

function requestOf(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const hasBody = incoming.method === "PATCH" || incoming.method === "POST";
  const body = hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {};
  return new Request(`http://${headers.get("host")}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers,
    ...body,
  } as RequestInit);
}

interface Sending {
  upload: Upload;
  /** Answers the id once everything is sent. */
  done: Promise<string>;
}

function send(content: Buffer, options: Partial<ConstructorParameters<typeof Upload>[1]> = {}): Sending {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const upload = new Upload(content, {
    endpoint: `${web.url}/api/uploads`,
    retryDelays: null,
    chunkSize: MB,
    headers: { Origin: web.url },
    metadata: { filename: "../../etc/第1集.mp4", filetype: "video/mp4" },
    onSuccess: () => resolve(idOf(upload)),
    onError: reject,
    ...options,
  });
  upload.start();
  return { upload, done: promise };
}

function idOf(upload: Upload): string {
  return upload.url?.split("/").at(-1) ?? "";
}

function contentOf(sizeBytes: number): Buffer {
  return Buffer.from(Array.from({ length: sizeBytes / 8 }, (_, index) => `${index}`.padEnd(8)).join(""));
}

async function stored(id: string): Promise<string> {
  const file = await new FolderStore(join(folder, "store")).open(`a1/incoming/${id}`);
  if (file === null) return "";
  const chunks: Buffer[] = [];
  for await (const chunk of file.stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function jobsOf(id: string): Promise<number> {
  const rows = await database.db.$queryRaw<unknown[]>`
    SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = 'ingestUpload' AND j.payload->>'uploadId' = ${id}`;
  return rows.length;
}

const files = () => new UploadFiles({ DATA_DIR: folder });
const caller = (me = operator) => createCaller({ ...services(), me });

test("a file that was sent lies in the store whole, and its check is enqueued once", async () => {
  const content = contentOf(3 * MB);
  const id = await send(content, { metadata: { filename: "../../etc/第1集.mp4", procedure: "Starter", context: "c" } })
    .done;
  expect(await stored(id)).toBe(content.toString());
  expect(await files().received(id)).toBeNull();
  expect(await jobsOf(id)).toBe(1);
  const row = { fileName: "第1集.mp4", state: "checking", procedureName: "Starter", error: null, taskId: null };
  expect(await caller().uploads.complete({ id })).toMatchObject({
    ...row,
    id,
    sizeBytes: 3 * MB,
    receivedBytes: 3 * MB,
  });
  expect(await jobsOf(id)).toBe(1);
});

test("an upload that broke off goes on where it was, also after a restart of the server", async () => {
  const content = contentOf(4 * MB);
  const first = send(content, {
    onChunkComplete: (_, accepted) => void (accepted >= 2 * MB && first.upload.abort()),
  });
  await expect
    .poll(async () => (await files().received(idOf(first.upload)))?.sizeBytes ?? 0)
    .toBeGreaterThanOrEqual(2 * MB);
  const id = idOf(first.upload);
  const [row] = await caller().uploads.list();
  expect(row).toMatchObject({ id, state: "receiving", sizeBytes: 4 * MB });
  expect(row?.receivedBytes).toBeGreaterThanOrEqual(2 * MB);

  await web.stop();
  web = await startWeb();
  const resumedAt: number[] = [];
  const second = send(content, {
    uploadUrl: `${web.url}/api/uploads/${id}`,
    onProgress: (sent) => void resumedAt.push(sent),
  });
  expect(await second.done).toBe(id);
  expect(resumedAt[0]).toBeGreaterThanOrEqual(2 * MB);
  expect(await stored(id)).toBe(content.toString());
});

test("a server that stops in the middle of a request asks to come back, and keeps what it got", async () => {
  const content = contentOf(8 * MB);
  const port = Number(new URL(web.url).port);
  const sending = send(content, {
    chunkSize: 8 * MB,
    retryDelays: [0, 50, 100, 200, 400, 800, 1600],
    onProgress: (sent) => void (sent > MB && restarted === undefined && restart()),
  });
  let restarted: Promise<Web> | undefined;
  const restart = () => {
    restarted = web.stop().then(() => startWeb(port));
  };
  const id = await sending.done;
  await restarted;
  expect(await stored(id)).toBe(content.toString());
});

test("whoever lost the answer to the last byte is told that all of it came, and sends nothing again", async () => {
  const content = contentOf(MB);
  const id = await send(content).done;
  const again = send(content, { uploadUrl: `${web.url}/api/uploads/${id}` });
  expect(await again.done).toBe(id);
  expect(await jobsOf(id)).toBe(1);
});

test("a crash between the last byte and the hand-over loses nothing", async () => {
  const content = contentOf(MB);
  const id = await send(content).done;
  // As it was before the hand-over: the bytes in the upload's folder, or just moved, and the row still receiving.
  const { store } = services();
  for (const before of ["arrived", "moved"]) {
    if (before === "arrived") {
      const path = await store.materialise(`a1/incoming/${id}`, folder);
      await new FolderStore(join(folder, "uploads")).putFile(path, id);
    }
    await database.db.upload.update({ where: { id }, data: { state: "receiving" } });
    const jobsBefore = await jobsOf(id);
    await Promise.all([sweepUploads(database.db, services()), caller().uploads.complete({ id })]);
    expect(await jobsOf(id), before).toBe(jobsBefore + 1);
    expect(await stored(id), before).toBe(content.toString());
  }
});

test("a file is handed over once, by however many at once, and what a cut-off copy left goes", async () => {
  const id = await send(contentOf(MB)).done;
  const arrived = services();
  await new FolderStore(arrived.files.folder).putFile(await arrived.store.materialise(`a1/incoming/${id}`, folder), id);
  await database.db.upload.update({ where: { id }, data: { state: "receiving" } });
  const store = new (class extends FolderStore {
    puts = 0;
    override putFile(localPath: string, key: string): Promise<void> {
      this.puts += 1;
      return super.putFile(localPath, key);
    }
  })(join(folder, "store"));
  const hands = await Promise.all([1, 2, 3].map(() => completeUpload(database.db, { ...arrived, store }, id)));
  expect(hands.map((one) => one.ok && one.value.state)).toEqual(["checking", "checking", "checking"]);
  expect(store.puts).toBe(1);

  await writeFile(arrived.files.pathOf(id), "the original of a copy");
  await sweepUploads(database.db, arrived);
  expect(await arrived.files.received(id)).not.toBeNull();
  await sweepUploads(database.db, arrived, new Date(Date.now() + 49 * HOUR_MS));
  expect(await arrived.files.received(id)).toBeNull();
});

test("an unfinished upload is not taken for finished, and is forgotten 48 hours after its last byte", async () => {
  const sending = send(contentOf(2 * MB), { onChunkComplete: () => void sending.upload.abort() });
  await expect.poll(async () => (await files().received(idOf(sending.upload)))?.sizeBytes).toBe(MB);
  const id = idOf(sending.upload);
  expect(await caller().uploads.complete({ id })).toMatchObject({ state: "receiving", receivedBytes: MB });
  const lastAt = new Date(Date.now() - 5 * HOUR_MS);
  await utimes(files().pathOf(id), lastAt, lastAt);
  await sweepUploads(database.db, services(), new Date(lastAt.getTime() + 47 * HOUR_MS));
  expect(await database.db.upload.count({ where: { id } })).toBe(1);
  await sweepUploads(database.db, services(), new Date(lastAt.getTime() + 49 * HOUR_MS));
  expect(await database.db.upload.count({ where: { id } })).toBe(0);
  await expect(stat(files().pathOf(id))).rejects.toThrow("ENOENT");
});

test("what cannot end well is refused before the first byte", async () => {
  const refusals: [Record<string, string>, object][] = [
    [
      { filename: "a.mp4", procedure: "NoSuch" },
      { status: 404, body: { code: "PROCEDURE_NOT_FOUND" } },
    ],
    [{}, { status: 400, body: { code: "INVALID_PARAMETER", detail: "filename" } }],
  ];
  for (const [metadata, refusal] of refusals) expect(await create({ metadata })).toMatchObject(refusal);
  const { bavail, bsize } = await statfs(folder);
  expect(await create({ size: String(bavail * bsize + 1024 * MB) })).toMatchObject({ status: 413 });
  expect(await create({ size: String(2 ** 50) })).toMatchObject({ status: 413 });
  expect((await create({ size: null })).status).toBe(400);
});

test("only who is signed in, and may, uploads; and only from our own pages", async () => {
  web.asker = null;
  expect(await create({})).toMatchObject({ status: 401 });
  web.asker = await addUser(database.db, "viewer");
  expect(await create({})).toMatchObject({ status: 403 });
  web.asker = operator;
  expect(await create({ origin: "https://evil.example" })).toMatchObject({ status: 403 });
  expect(await create({})).toMatchObject({ status: 201 });
});

test("nobody reaches an upload of somebody else, in any way", async () => {
  const sending = send(contentOf(2 * MB), { onChunkComplete: () => void sending.upload.abort() });
  await expect.poll(async () => (await files().received(idOf(sending.upload)))?.sizeBytes).toBe(MB);
  const id = idOf(sending.upload);
  const others = await addUser(database.db, "admin");
  web.asker = others;
  for (const method of ["HEAD", "PATCH", "DELETE"]) {
    const headers = { "Tus-Resumable": "1.0.0", Origin: web.url, "Upload-Offset": String(MB) };
    const type = { "Content-Type": "application/offset+octet-stream" };
    const answers = await Promise.all(
      [id, "0000000000000000"].map((one) =>
        fetch(`${web.url}/api/uploads/${one}`, { method, headers: { ...headers, ...type } }),
      ),
    );
    expect(
      answers.map((answer) => answer.status),
      method,
    ).toEqual([404, 404]);
  }
  expect(await caller(others).uploads.list()).toEqual([]);
  for (const verb of ["complete", "remove"] as const) {
    await expect(caller(others).uploads[verb]({ id })).rejects.toThrow("UPLOAD_NOT_FOUND");
  }
  expect((await files().received(id))?.sizeBytes).toBe(MB);
});

test("a removed upload is gone, with what had arrived", async () => {
  const sending = send(contentOf(2 * MB), { onChunkComplete: () => void sending.upload.abort() });
  await expect.poll(async () => (await files().received(idOf(sending.upload)))?.sizeBytes).toBe(MB);
  const id = idOf(sending.upload);
  await caller().uploads.remove({ id });
  expect(await files().received(id)).toBeNull();
  await expect(caller().uploads.remove({ id })).rejects.toThrow("UPLOAD_NOT_FOUND");
  // By a job, as it may have been moved to the store just now.
  const removals = await database.db.$queryRaw`
    SELECT payload FROM graphile_worker._private_jobs WHERE payload ->> 'prefix' = ${`a1/incoming/${id}`}`;
  expect(removals).toHaveLength(1);

  const finished = await send(contentOf(MB)).done;
  await expect(caller().uploads.remove({ id: finished })).rejects.toThrow("STATE_MOVED");
});

interface Creation {
  metadata?: Record<string, string>;
  size?: string | null;
  origin?: string;
}

async function create({ metadata = { filename: "a.mp4" }, size = "10", origin = web.url }: Creation) {
  const encoded = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`);
  const headers: Record<string, string> = { "Tus-Resumable": "1.0.0", Origin: origin };
  if (encoded.length > 0) headers["Upload-Metadata"] = encoded.join(",");
  headers[size === null ? "Upload-Defer-Length" : "Upload-Length"] = size ?? "1";
  const response = await fetch(`${web.url}/api/uploads`, { method: "POST", headers });
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
}
