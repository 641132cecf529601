import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashOf } from "./build.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "reelflow-build-"));
  await mkdir(join(root, "app", "deep"), { recursive: true });
  await writeFile(join(root, "app", "page.tsx"), "page");
  await writeFile(join(root, "app", "deep", "part.ts"), "part");
  await writeFile(join(root, "package.json"), "{}");
});
afterEach(() => rm(root, { recursive: true }));

const current = (): Promise<string> => hashOf(root, ["app", "package.json", "proxy.ts"]);

test("the same sources are not built twice", async () => {
  expect(await current()).toBe(await current());
});

test("a changed, added or renamed source is built, as is a file that had been missing", async () => {
  const hashes = [await current()];
  await writeFile(join(root, "app", "deep", "part.ts"), "changed");
  hashes.push(await current());
  await writeFile(join(root, "app", "added.ts"), "");
  hashes.push(await current());
  await rm(join(root, "app", "added.ts"));
  await writeFile(join(root, "app", "renamed.ts"), "");
  hashes.push(await current());
  await writeFile(join(root, "proxy.ts"), "");
  hashes.push(await current());
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("a changed test is not built", async () => {
  const before = await current();
  await writeFile(join(root, "app", "deep", "part.test.ts"), "test");
  expect(await current()).toBe(before);
});
