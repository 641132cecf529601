import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DeclaredOutput } from "#domain/plan.ts";
import { FolderStore } from "#server/storage/folder-store.ts";
import { publish } from "./publish.ts";
import { makeClip, makeTestFolder, type TestFolder } from "./test-clips.ts";

const PREFIX = "a1/tasks/t/r/1";
const never = new AbortController().signal;
let folder: TestFolder;
let store: FolderStore;
let outputDir: string;

beforeEach(async () => {
  folder = await makeTestFolder();
  store = new FolderStore(join(folder.path, "store"));
  outputDir = join(folder.path, "outputs");
  await mkdir(outputDir);
});
afterEach(() => folder.remove());

function declare(output: Partial<DeclaredOutput> & { name: string }): DeclaredOutput {
  return { role: "image", contentType: "image/jpeg", facts: {}, parts: null, probe: false, ...output };
}

async function write(...names: string[]): Promise<void> {
  await Promise.all(names.map((name) => writeFile(join(outputDir, name), "0123456789")));
}

const stored = () => readdir(join(folder.path, "store", PREFIX));

test("a playlist is published with its parts in their order; what nobody declared is left out", async () => {
  await write("video.m3u8", "video-10.ts", "video-9.ts", "passlog.txt");
  const playlist = declare({ name: "video.m3u8", role: "playlist", parts: { prefix: "video-", suffix: "" } });
  const published = await publish(store, { outputs: [playlist], outputDir, prefix: PREFIX }, never);
  expect(published).toMatchObject({
    ok: true,
    value: [
      {
        storageKey: `${PREFIX}/video.m3u8`,
        sizeBytes: 30,
        parts: [
          { name: "video-9.ts", sizeBytes: 10 },
          { name: "video-10.ts", sizeBytes: 10 },
        ],
      },
    ],
  });
  expect((await stored()).sort()).toEqual(["video-10.ts", "video-9.ts", "video.m3u8"]);
});

test("an output that is missing, empty or without its parts fails by name, and nothing is stored", async () => {
  await write("there.jpg", "list.m3u8");
  await writeFile(join(outputDir, "empty.jpg"), "");
  const there = declare({ name: "there.jpg" });
  const cases: [DeclaredOutput, string][] = [
    [declare({ name: "missing.jpg" }), "missing.jpg"],
    [declare({ name: "empty.jpg" }), "empty.jpg"],
    [declare({ name: "list.m3u8", parts: { prefix: "list-", suffix: ".ts" } }), "the parts of list.m3u8"],
  ];
  for (const [output, detail] of cases) {
    const published = await publish(store, { outputs: [there, output], outputDir, prefix: PREFIX }, never);
    expect(published).toEqual({ ok: false, failure: { code: "OUTPUT_MISSING", detail } });
  }
  await expect(stored()).rejects.toThrow("ENOENT");
});

test("an output that may be missing is published where it is there, and not missed where it is not", async () => {
  await write("report.json", "finding-002.jpg");
  const pictures = ["finding-001.jpg", "finding-002.jpg"].map((name) => declare({ name, mayBeMissing: true }));
  const outputs = [declare({ name: "report.json", role: "report" }), ...pictures];
  const published = await publish(store, { outputs, outputDir, prefix: PREFIX }, never);
  expect(published).toMatchObject({ ok: true, value: [{ name: "report.json" }, { name: "finding-002.jpg" }] });
});

test("a probed output tells what was found in it, over what was planned", async () => {
  await makeClip(join(outputDir, "video.mp4"));
  const video = declare({ name: "video.mp4", role: "video", facts: { container: "mp4", widthPx: 9999 }, probe: true });
  const published = await publish(store, { outputs: [video], outputDir, prefix: PREFIX }, never);
  const facts = { container: "mp4", widthPx: 320, heightPx: 180, videoCodec: "h264", audioCodec: "aac" };
  expect(published).toMatchObject({ ok: true, value: [{ facts }] });
});

test("a store that cannot take the files is a failure that is tried again", async () => {
  await write("a.jpg");
  await writeFile(join(folder.path, "store"), "a file where the store's folder should be");
  const published = await publish(store, { outputs: [declare({ name: "a.jpg" })], outputDir, prefix: PREFIX }, never);
  expect(published).toMatchObject({ ok: false, failure: { code: "STORAGE_FAILED" } });
});
