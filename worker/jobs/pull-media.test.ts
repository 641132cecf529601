import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { pino } from "pino";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { mediaInfo } from "#domain/media.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/test-database.ts";
import type { Env } from "#server/env.ts";
import { findPlannedTask } from "#server/media/planned-tasks.ts";
import { type PullRequest, pullMedia } from "#server/media/pull-media.ts";
import { removeUpload } from "#server/media/remove-upload.ts";
import { UploadFiles } from "#server/media/upload-files.ts";
import { parseAllowList } from "#server/outbound/allow-list.ts";
import { openStore } from "#server/storage/open-store.ts";
import { type RunningWorker, startWorker } from "../main.ts";
import { makeClip, makeTestFolder, type TestFolder } from "../run/test-clips.ts";
import { SNAPSHOTS, testEnv } from "../test-worker.ts";

let database: TestDatabase;
let folder: TestFolder;
let env: Env;
let worker: RunningWorker;
let server: Server;
let address: string;
let clip: Buffer;
/** What the server of a test does, by path. */
let pages: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {};
const logged: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await makeTestFolder();
  const allow = parseAllowList("127.0.0.1");
  if (!allow.ok) throw new Error(allow.failure);
  env = { ...testEnv(database.url, folder.path), OUTBOUND_ALLOW: allow.value, PULL_BYTES_MAX: 20_000_000 };
  server = createServer((request, response) => {
    const page = pages[request.url?.split("?")[0] ?? ""];
    if (page === undefined) response.writeHead(404).end();
    else page(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clip = await readFile(await makeClip(join(folder.path, "clip"), { seconds: 4 }));
  worker = await startWorker(env, pino({ level: "debug" }, { write: (line) => void logged.push(line) }));
});
afterEach(() => {
  pages = {};
});
afterAll(async () => {
  await worker.stop();
  server.closeAllConnections();
  server.close();
  await database.drop();
  await folder.remove();
});

async function addUser(): Promise<string> {
  const id = `user-${crypto.randomUUID()}`;
  await database.db.user.create({ data: { id, name: id, email: `${id}@example.org` } });
  return id;
}

async function begin(path: string, request: Partial<PullRequest> = {}) {
  const services = { secretKey: env.SECRET_KEY, allow: env.OUTBOUND_ALLOW };
  const url = path.startsWith("http") ? path : address + path;
  return pullMedia(database.db, services, { applicationId: 1, createdById: null, ...request, url });
}

async function beginOk(path: string, request: Partial<PullRequest> = {}) {
  const begun = await begin(path, request);
  if (!begun.ok) throw new Error(begun.failure.code);
  return begun.value;
}

function read(id: string) {
  return database.db.upload.findUniqueOrThrow({ where: { id }, include: { media: true } });
}

async function endOf(id: string, timeout = 40_000) {
  await expect.poll(async () => (await read(id)).state, { timeout }).toMatch(/done|refused/);
  return read(id);
}

async function storedBytes(key: string | undefined): Promise<Buffer> {
  return readFile(await openStore(env).materialise(key ?? "", folder.path));
}

const sendClip = (_: IncomingMessage, response: ServerResponse) =>
  response.writeHead(200, { "content-length": clip.length }).end(clip);

test("a file at an address becomes a media, and what was asked for it begins", async () => {
  const { db } = database;
  pages["/films/My%20holiday.mp4"] = sendClip;
  const terms = { sourceContext: "told again", priority: 3, notifyMode: "change" } as const;
  const asked = { procedureName: "PreviewImages", sessionContext: "s", sessionId: "once", terms };
  const { uploadId } = await beginOk("/films/My%20holiday.mp4?token=top-secret", asked);
  const upload = await endOf(uploadId);
  expect(upload).toMatchObject({ state: "done", errorCode: null, sizeBytes: BigInt(clip.length) });
  expect(upload.media).toMatchObject({ name: "My holiday.mp4", source: "pull", sourceContext: "told again" });
  expect(upload.media?.id).toBe(upload.fileId);
  expect(await storedBytes(upload.media?.storageKey)).toEqual(clip);
  const task = await db.task.findUniqueOrThrow({ where: { id: upload.taskId ?? "" } });
  expect(task).toMatchObject({ startedBy: "pull", priority: 3, notifyMode: "change", sessionContext: "s" });
  const events = await db.event.findMany({ where: { type: "pull.completed" } });
  expect(events).toMatchObject([{ mediaId: upload.fileId, taskId: task.id, data: { uploadId } }]);
  expect(await begin("/films/My%20holiday.mp4", asked)).toMatchObject({ failure: { code: "SESSION_REPEATED" } });
  // Neither in the database nor in a log.
  expect(JSON.stringify({ ...upload, sizeBytes: 0, receivedBytes: 0, media: null })).not.toContain("top-secret");
  expect(logged.join("")).not.toContain("top-secret");
});

test("a pull that is broken off goes on where it stopped, if the file is still the same", async () => {
  const asked: (string | undefined)[] = [];
  let breakOff = () => {};
  pages["/flaky.mp4"] = ({ headers }, response) => {
    asked.push(headers.range);
    const start = Number(/bytes=(\d+)-/.exec(headers.range ?? "")?.[1] ?? 0);
    expect(headers["if-range"]).toBe(start > 0 ? '"v1"' : undefined);
    const range = start > 0 ? { "content-range": `bytes ${start}-${clip.length - 1}/${clip.length}` } : {};
    response.writeHead(start > 0 ? 206 : 200, { etag: '"v1"', "content-length": clip.length - start, ...range });
    if (start > 0) return response.end(clip.subarray(start));
    breakOff = () => response.destroy();
    return response.write(clip.subarray(0, 10_000));
  };
  const { uploadId } = await beginOk("/flaky.mp4");
  await expect.poll(async () => Number((await read(uploadId)).receivedBytes)).toBe(10_000);
  breakOff();
  const upload = await endOf(uploadId);
  expect(upload.state).toBe("done");
  expect(asked).toEqual([undefined, "bytes=10000-"]);
  expect(await storedBytes(upload.media?.storageKey)).toEqual(clip);
});

test("of a file that has changed meanwhile everything is fetched", async () => {
  let version = 0;
  pages["/changing.mp4"] = (_, response) => {
    version += 1;
    response.writeHead(200, { etag: `"v${version}"`, "content-length": clip.length });
    if (version > 1) return response.end(clip);
    return response.write(Buffer.alloc(20_000), () => response.destroy());
  };
  const upload = await endOf((await beginOk("/changing.mp4")).uploadId);
  expect(upload.state).toBe("done");
  expect(await storedBytes(upload.media?.storageKey)).toEqual(clip);
});

test("redirects are followed, and never into what is not allowed", async () => {
  pages["/there"] = (_, response) => response.writeHead(302, { location: "/clip.mp4" }).end();
  pages["/clip.mp4"] = sendClip;
  pages["/inside"] = (_, response) => response.writeHead(302, { location: "http://10.0.0.1/" }).end();
  const [there, inside] = await Promise.all([
    endOf((await beginOk("/there")).uploadId),
    endOf((await beginOk("/inside")).uploadId),
  ]);
  expect(there.state).toBe("done");
  expect(inside).toMatchObject({ state: "refused", errorCode: "OUTBOUND_REFUSED", mediaId: null });
});

test("what cannot come is refused, and the event says that the pull is over", async () => {
  pages["/large"] = (_, response) => response.writeHead(200, { "content-length": 30_000_000 }).flushHeaders();
  pages["/endless"] = (_, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(1_000_000);
    const more = (): void => void response.write(chunk, (error) => (error ? undefined : more()));
    more();
  };
  const codes: Record<string, string> = {
    "/none": "OUTBOUND_NOT_FOUND",
    "/large": "OUTBOUND_TOO_LARGE",
    "/endless": "OUTBOUND_TOO_LARGE",
  };
  for (const [path, errorCode] of Object.entries(codes)) {
    const { uploadId } = await beginOk(path);
    expect(await endOf(uploadId)).toMatchObject({ state: "refused", errorCode, mediaId: null });
    const events = await database.db.event.findMany({
      where: { type: "pull.completed" },
      orderBy: { id: "desc" },
      take: 1,
    });
    expect(events).toMatchObject([{ mediaId: null, data: { uploadId } }]);
    await expect.poll(() => access(new UploadFiles(env).pathOf(uploadId)).catch(() => "gone")).toBe("gone");
  }
  expect(await begin("http://10.0.0.1/x.mp4")).toMatchObject({ failure: { code: "OUTBOUND_REFUSED" } });
  expect(await begin("ftp://example.org/x.mp4")).toMatchObject({ failure: { code: "OUTBOUND_URL_INVALID" } });
});

test("a server that fails is asked four times, with growing pauses, and then no more", async () => {
  const asked: number[] = [];
  pages["/busy"] = (_, response) => {
    asked.push(Date.now());
    response.writeHead(503).end();
  };
  const { uploadId } = await beginOk("/busy");
  await expect.poll(async () => (await read(uploadId)).failedTries, { timeout: 20_000 }).toBe(1);
  expect(await read(uploadId)).toMatchObject({ state: "receiving", errorCode: "OUTBOUND_FAILED" });
  expect(await endOf(uploadId, 50_000)).toMatchObject({ state: "refused", errorCode: "OUTBOUND_FAILED" });
  const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  expect(pauses).toHaveLength(3);
  for (const [index, least] of [900, 4_900, 14_900].entries()) expect(pauses[index]).toBeGreaterThan(least);
}, 90_000);

test("how far it is can be seen, and removing it stops it", async () => {
  const createdById = await addUser();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  pages["/slow.mp4"] = (_, response) => {
    response.writeHead(200, { "content-length": clip.length });
    response.write(clip.subarray(0, 12_345));
    response.on("close", resolve);
  };
  const { uploadId } = await beginOk("/slow.mp4", { createdById });
  await expect.poll(async () => Number((await read(uploadId)).receivedBytes)).toBe(12_345);
  expect(await read(uploadId)).toMatchObject({ state: "receiving", sizeBytes: BigInt(clip.length), fileId: null });
  const files = new UploadFiles(env);
  expect(await removeUpload(database.db, files, { applicationId: 1, createdById }, uploadId)).toMatchObject({
    ok: true,
  });
  await closed;
  await expect.poll(() => access(files.pathOf(uploadId)).catch(() => "gone")).toBe("gone");
});

test("what is no media: a user's pull is refused, the API's is a media that says so", async () => {
  pages["/page.html"] = (_, response) => response.end("<html>not a film</html>");
  const [mine, theirs] = await Promise.all([
    endOf((await beginOk("/page.html", { createdById: await addUser() })).uploadId),
    endOf((await beginOk("/page.html")).uploadId),
  ]);
  expect(mine).toMatchObject({ state: "refused", errorCode: "NOT_MEDIA", mediaId: null });
  expect(theirs).toMatchObject({ state: "done", errorCode: "NOT_MEDIA", media: { errorCode: "NOT_MEDIA" } });
});

test("a cover comes along, and one that is none fails the pull", async () => {
  const picture = await sharp({ create: { width: 64, height: 36, channels: 3, background: "#0af" } })
    .png()
    .toBuffer();
  pages["/clip.mp4"] = sendClip;
  pages["/cover.png"] = (_, response) => response.end(picture);
  const good = await endOf((await beginOk("/clip.mp4", { coverUrl: `${address}/cover.png` })).uploadId);
  expect(good.media?.coverKey).toMatch(/cover-\w+\.jpg$/);
  expect(await sharp(await storedBytes(good.media?.coverKey ?? "")).metadata()).toMatchObject({ width: 64 });
  const bad = await endOf((await beginOk("/clip.mp4", { coverUrl: `${address}/clip.mp4` })).uploadId);
  expect(bad).toMatchObject({ state: "refused", errorCode: "COVER_UNREADABLE" });
});

test("a task is told before its file is there, and begins or fails with it", async () => {
  const { db } = database;
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
  pages["/later.mp4"] = (request, response) => void mayGoOn.then(() => sendClip(request, response));
  const task = { applicationId: 1, startedBy: "api", steps: [SNAPSHOTS], sessionId: "planned" } as const;
  const { uploadId, taskId } = await beginOk("/later.mp4", { task });
  expect(await findPlannedTask(db, 1, taskId ?? "")).toMatchObject({
    uploadId,
    uploadState: "receiving",
    failure: null,
  });
  expect(await begin("/later.mp4", { task })).toMatchObject({ failure: { code: "SESSION_REPEATED" } });
  goOn();
  const upload = await endOf(uploadId);
  expect(upload.taskId).toBe(taskId);
  expect(await db.task.findUnique({ where: { id: taskId ?? "" } })).toMatchObject({
    mediaId: upload.fileId,
    sessionId: "planned",
  });

  const gone = await beginOk("/none", { task: { ...task, sessionId: "gone" } });
  expect(await endOf(gone.uploadId)).toMatchObject({ state: "done", errorCode: "OUTBOUND_NOT_FOUND" });
  const failed = await db.subtask.findMany({ where: { taskId: gone.taskId ?? "" } });
  expect(failed).toMatchObject([{ state: "failed", errorCode: "OUTBOUND_NOT_FOUND" }]);
  const missing = { ...task, steps: undefined, procedureName: "NoSuch", sessionId: "x" };
  expect(await begin("/later.mp4", { task: missing })).toMatchObject({ failure: { code: "PROCEDURE_NOT_FOUND" } });
});

/** Segments of two seconds in a folder, served as they lie there. */
async function serveHls(name: string, options: readonly string[], master?: string): Promise<void> {
  const dir = join(folder.path, name);
  await mkdir(dir);
  const input = ["-hide_banner", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=6"];
  const video = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50"];
  const hls = ["-f", "hls", "-hls_time", "2", "-hls_list_size", "0", ...options, "index.m3u8"];
  await promisify(execFile)("ffmpeg", [...input, ...video, ...hls], { cwd: dir });
  if (master !== undefined) await writeFile(join(dir, "master.m3u8"), master);
  const serveFile = async ({ url = "", headers }: IncomingMessage, response: ServerResponse) => {
    const bytes = await readFile(join(dir, url.split("/").at(-1) ?? ""));
    const [, start, end] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? "") ?? [];
    if (start === undefined) response.end(bytes);
    else response.writeHead(206).end(bytes.subarray(Number(start), Number(end) + 1));
  };
  for (const file of [
    "index.m3u8",
    "master.m3u8",
    "init.mp4",
    "key",
    "one.ts",
    ...numbered("ts"),
    ...numbered("m4s"),
  ]) {
    pages[`/${name}/${file}`] = serveFile;
  }
}

function numbered(extension: string): string[] {
  return [0, 1, 2, 3].map((number) => `index${number}.${extension}`);
}

const MASTER = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=100000
nowhere.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=320x180
index.m3u8
`;

test("a film in HLS comes as one file: plain, encrypted, in fragments, in one file with ranges, behind a master", async () => {
  await serveHls("plain", [], MASTER);
  const keyFile = join(folder.path, "key");
  await writeFile(keyFile, createHash("md5").update("key").digest());
  await writeFile(join(folder.path, "key-info"), `key\n${keyFile}\n`);
  await serveHls("sealed", ["-hls_key_info_file", join(folder.path, "key-info")]);
  await writeFile(join(folder.path, "sealed", "key"), await readFile(keyFile));
  await serveHls("fragments", ["-hls_segment_type", "fmp4"]);
  await serveHls("ranges", ["-hls_flags", "single_file", "-hls_segment_filename", "one.ts"]);
  const paths = [
    "/plain/index.m3u8",
    "/plain/master.m3u8",
    "/sealed/index.m3u8",
    "/fragments/index.m3u8",
    "/ranges/index.m3u8",
  ];
  for (const path of paths) {
    const upload = await endOf((await beginOk(path)).uploadId);
    expect({ path, state: upload.state, error: upload.errorCode }).toEqual({ path, state: "done", error: null });
    const info = mediaInfo.parse(upload.media?.info);
    expect(info.video).toMatchObject({ widthPx: 320, heightPx: 180 });
    expect(info.durationSeconds).toBeCloseTo(6, 0);
  }
});

test("a live stream, sound apart and segments in private space are refused", async () => {
  const playlist = (text: string) => (_: IncomingMessage, response: ServerResponse) => response.end(text);
  pages["/live.m3u8"] = playlist("#EXTM3U\n#EXTINF:2,\n0.ts\n");
  pages["/apart.m3u8"] = playlist(
    '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="a.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n',
  );
  pages["/drm.m3u8"] = playlist('#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x"\n0.ts\n#EXT-X-ENDLIST\n');
  pages["/inside.m3u8"] = playlist("#EXTM3U\n#EXTINF:2,\nhttp://10.0.0.1/0.ts\n#EXT-X-ENDLIST\n");
  pages["/file.m3u8"] = playlist("#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
  const refusals: Record<string, string> = {
    "/live.m3u8": "PLAYLIST_UNSUPPORTED",
    "/apart.m3u8": "PLAYLIST_UNSUPPORTED",
    "/drm.m3u8": "PLAYLIST_UNSUPPORTED",
    "/inside.m3u8": "OUTBOUND_REFUSED",
    "/file.m3u8": "OUTBOUND_URL_INVALID",
  };
  for (const [path, errorCode] of Object.entries(refusals)) {
    expect(await endOf((await beginOk(path)).uploadId)).toMatchObject({ state: "refused", errorCode });
  }
});
