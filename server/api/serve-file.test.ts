import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FileLinks } from "../files/file-links.ts";
import { FolderStore } from "../storage/folder-store.ts";
import type { ByteRange, OpenFile } from "../storage/store.ts";
import { serveFile } from "./serve-file.ts";

/** Remembers what it opened, to see it closed again. */
class WatchedStore extends FolderStore {
  readonly opened: Readable[] = [];

  override async open(key: string, range?: ByteRange): Promise<OpenFile | null> {
    const file = await super.open(key, range);
    if (file !== null) this.opened.push(file.stream);
    return file;
  }
}

const links = new FileLinks("a secret key of the installation, long enough");
let folder: string;
let store: WatchedStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reelflow-files-"));
  store = new WatchedStore(join(folder, "store"));
  await put("a1/tasks/t/r/1/index.m3u8", "#EXTM3U");
  await put("a1/tasks/t/r/1/seg-1.ts", "0123456789");
  await put("a1/tasks/t/r/1/page.html", "<script>alert(1)</script>");
  await put("a1/tasks/t/r/2/other.mp4", "other");
  await put("a2/media/m/source.mp4", "foreign");
  await put("a1/media/m/large.mp4", "x".repeat(4_000_000));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(key: string, text: string): Promise<void> {
  const file = join(folder, "new");
  await writeFile(file, text);
  await store.putFile(file, key);
}

function get(url: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
  const { pathname } = new URL(url, "http://localhost");
  const [, , token = "", ...path] = pathname.split("/").map(decodeURIComponent);
  const request = new Request(`http://localhost${url}`, { headers, ...init });
  return serveFile(request, { store, links }, { token, path });
}

const SEGMENT = links.url("a1/tasks/t/r/1/seg-1.ts");

test("a file is served whole, with what players and caches need to know", async () => {
  const response = await get(SEGMENT);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-length": "10",
    "content-type": "video/mp2t",
    "accept-ranges": "bytes",
    etag: expect.stringMatching(/^".+"$/),
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
  });
  expect(await response.text()).toBe("0123456789");
});

test("segments named in a playlist are found below the playlist's own address", async () => {
  const playlist = links.url("a1/tasks/t/r/1/index.m3u8");
  const segment = new URL("seg-1.ts", `http://localhost${playlist}`).pathname;
  expect(await (await get(segment)).text()).toBe("0123456789");
});

test.each([
  ["bytes=2-4", 206, "234", "bytes 2-4/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=-2", 206, "89", "bytes 8-9/10"],
  ["bytes=10-", 416, "", "bytes */10"],
  ["bytes=0-1,4-5", 200, "0123456789", null],
])("Range: %s is answered %i", async (range, status, body, contentRange) => {
  const response = await get(SEGMENT, { range });
  expect(response.status).toBe(status);
  expect(await response.text()).toBe(body);
  expect(response.headers.get("content-range")).toBe(contentRange);
});

test("HEAD tells the size and opens nothing", async () => {
  const openedBefore = store.opened.length;
  const response = await get(SEGMENT, { range: "bytes=2-4" }, { method: "HEAD" });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-length")).toBe("10");
  expect(await response.text()).toBe("");
  expect(store.opened).toHaveLength(openedBefore);
});

test("what the browser already has is not sent again", async () => {
  const headers = (await get(SEGMENT, {}, { method: "HEAD" })).headers;
  const etag = headers.get("etag") ?? "";
  const modified = headers.get("last-modified") ?? "";
  const had: Record<string, string>[] = [
    { "if-none-match": etag },
    { "if-none-match": `"other", W/${etag}` },
    { "if-none-match": "*" },
    { "if-modified-since": modified },
  ];
  for (const validators of had) {
    const response = await get(SEGMENT, validators);
    expect(response.status).toBe(304);
    expect(await response.text()).toBe("");
  }
  const outdated: Record<string, string>[] = [
    { "if-none-match": '"other"', "if-modified-since": modified },
    { "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" },
    { "if-modified-since": "nonsense" },
  ];
  for (const validators of outdated) {
    expect((await get(SEGMENT, validators)).status).toBe(200);
  }
});

test("a download that goes on gets its range of the same file, and the whole of a changed one", async () => {
  const etag = (await get(SEGMENT, {}, { method: "HEAD" })).headers.get("etag") ?? "";
  expect((await get(SEGMENT, { range: "bytes=5-", "if-range": etag })).status).toBe(206);
  expect((await get(SEGMENT, { range: "bytes=5-", "if-range": '"before"' })).status).toBe(200);
});

test("of what is encrypted a folder's link gives files without the key; below a playback link playlists bring it", async () => {
  const stored = '#EXT-X-KEY:METHOD=AES-128,URI="../../api/keys/k1",IV=0x00\nseg-1.ts\n';
  await put("a1/tasks/t/r/1/sealed.m3u8", stored);
  const plain = await get(links.url("a1/tasks/t/r/1/sealed.m3u8"));
  expect(await plain.text()).toBe(stored);

  const url = links.playbackUrl("a1/tasks/t/r/1/sealed.m3u8", "k1");
  const playback = await get(url);
  expect(playback.headers.get("cache-control")).toBe("no-store");
  expect(playback.headers.get("content-type")).toBe("application/vnd.apple.mpegurl");
  const [, address = ""] = /URI="([^"]+)"/.exec(await playback.text()) ?? [];
  const { pathname, searchParams } = new URL(address, `http://localhost${url}`);
  expect(pathname).toBe("/api/keys/k1");
  expect(links.open(searchParams.get("token") ?? "")).toEqual({ ok: true, value: { of: "key", id: "k1" } });
  const segment = new URL("seg-1.ts", `http://localhost${url}`).pathname;
  expect(await (await get(segment, { range: "bytes=2-4" })).text()).toBe("234");
});

test("a download is saved under the user's name, in any script", async () => {
  const response = await get(links.downloadUrl("a1/tasks/t/r/1/seg-1.ts", '第1集 "导演版"/it\'s.mp4'));
  expect(response.headers.get("content-disposition")).toBe(
    'attachment; filename="_1_ ______it\'s.mp4"; ' +
      "filename*=UTF-8''%E7%AC%AC1%E9%9B%86%20%22%E5%AF%BC%E6%BC%94%E7%89%88%22_it%27s.mp4",
  );
});

test("what might be a page is bytes to save", async () => {
  const response = await get(links.url("a1/tasks/t/r/1/page.html"));
  expect(response.headers.get("content-type")).toBe("application/octet-stream");
});

test("a link opens its own folder and nothing else", async () => {
  const [, , token = ""] = SEGMENT.split("/");
  const outside = [
    ["..", "2", "other.mp4"],
    ["../2/other.mp4"],
    ["..", "..", "..", "..", "..", "a2", "media", "m", "source.mp4"],
    ["", "seg-1.ts"],
    ["seg-1.ts\0"],
    ["missing.ts"],
    [],
  ];
  for (const path of outside) {
    const response = await serveFile(new Request("http://localhost/files/x"), { store, links }, { token, path });
    expect(response.status, path.join("|")).toBe(404);
  }
  const [, , zip = ""] = links.taskZipUrl("t").split("/");
  for (const wrong of ["made.up", zip, links.keyToken("k1")]) {
    const response = await serveFile(
      new Request("http://localhost/files/x"),
      { store, links },
      { token: wrong, path: ["x"] },
    );
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ code: "LINK_EXPIRED" });
  }
});

test("a viewer who leaves lets go of the file, by closing the body or the connection", async () => {
  const url = links.url("a1/media/m/large.mp4");
  const reader = (await get(url)).body?.getReader();
  expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(0);
  const first = store.opened.at(-1);
  expect(first?.destroyed).toBe(false);
  await reader?.cancel();
  expect(first?.destroyed).toBe(true);

  const connection = new AbortController();
  const body = (await get(url, {}, { signal: connection.signal })).body?.getReader();
  await body?.read();
  connection.abort();
  expect(store.opened.at(-1)?.destroyed).toBe(true);
});
