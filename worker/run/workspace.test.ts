import { readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTestFolder, type TestFolder } from "./test-clips.ts";
import { Scratch } from "./workspace.ts";

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeTestFolder();
});
afterEach(() => folder.remove());

test("a workspace is empty when it opens, also after an earlier try, and gone when it is removed", async () => {
  const scratch = await Scratch.open(folder.path, "worker");
  const earlier = await scratch.openWorkspace("run");
  await writeFile(join(await earlier.folder("1", "out"), "half.mp4"), "half");
  const workspace = await scratch.openWorkspace("run");
  expect(await readdir(workspace.path)).toEqual([]);
  await workspace.remove();
  expect(await readdir(scratch.path)).toEqual([]);
});

test("the folders of workers that died are removed, those of living ones are not", async () => {
  const dead = await Scratch.open(folder.path, "dead");
  const living = await Scratch.open(folder.path, "living");
  const mine = await Scratch.open(folder.path, "mine");
  await dead.openWorkspace("run");
  await living.openWorkspace("run");
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await Promise.all([dead, living].map(({ path }) => utimes(path, anHourAgo, anHourAgo)));
  await living.touch();
  expect(await mine.removeAbandoned()).toEqual(["dead"]);
  expect((await readdir(join(folder.path, "scratch"))).sort()).toEqual(["living", "mine"]);
  await mine.close();
  expect(await readdir(join(folder.path, "scratch"))).toEqual(["living"]);
});

test("a worker that could not say for long that it lives keeps its own files", async () => {
  const mine = await Scratch.open(folder.path, "mine");
  await mine.openWorkspace("run");
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await utimes(mine.path, anHourAgo, anHourAgo);
  expect(await mine.removeAbandoned()).toEqual([]);
  expect(await readdir(mine.path)).toEqual(["run"]);
});

test("a worker whose folder another removed while it slept goes on, and counts as living again", async () => {
  const mine = await Scratch.open(folder.path, "mine");
  const other = await Scratch.open(folder.path, "other");
  await rm(mine.path, { recursive: true });
  await mine.touch();
  expect(await other.removeAbandoned()).toEqual([]);
  expect((await readdir(join(folder.path, "scratch"))).sort()).toEqual(["mine", "other"]);
});
