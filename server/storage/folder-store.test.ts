import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { FolderStore } from "./folder-store.ts";
import { openStore } from "./open-store.ts";
import { testStoreContract } from "./store-contract.ts";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(parent: string = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(parent, "reelflow-folder-"));
  folders.push(folder);
  return folder;
}

testStoreContract("a folder store", async () =>
  openStore({ STORAGE_URL: pathToFileURL(join(await newFolder(), "not made yet")).href }),
);

/** Memory is a file system of its own on Linux, so a move from there cannot be a rename. */
const elsewhere = "/dev/shm";
const otherFileSystem = (await stat(elsewhere).catch(() => null))?.dev;
const crosses = otherFileSystem !== undefined && otherFileSystem !== (await stat(tmpdir())).dev;

test.runIf(crosses)("a file and a folder from another file system arrive whole and leave no copy behind", async () => {
  const root = await newFolder();
  const store = new FolderStore(root);
  const local = await newFolder(elsewhere);
  await writeFile(join(local, "a"), "hello");
  expect(await store.putFolder(local, "a1/tasks/t/r/1")).toEqual([{ name: "a", sizeBytes: 5 }]);
  const file = join(await newFolder(elsewhere), "b");
  await writeFile(file, "world");
  await store.putFile(file, "a1/b");
  expect((await store.stat("a1/b"))?.sizeBytes).toBe(5);
  expect(await readdir(join(root, ".incoming"))).toEqual([]);
  await expect(stat(local)).rejects.toThrow("ENOENT");
  await expect(stat(file)).rejects.toThrow("ENOENT");
});

test.runIf(crosses)("a process killed while it copies from another file system publishes nothing", async () => {
  const root = await newFolder();
  const file = join(await newFolder(elsewhere), "large");
  await writeFile(file, "");
  await truncate(file, 1 << 30);
  const script = join(await newFolder(), "put.mjs");
  const source = new URL("./folder-store.ts", import.meta.url).href;
  await writeFile(
    script,
    `import { FolderStore } from ${JSON.stringify(source)};
     await new FolderStore(${JSON.stringify(root)}).putFile(${JSON.stringify(file)}, "a1/large");`,
  );
  const child = fork(script);
  const ended = once(child, "exit");
  await vi.waitFor(async () => expect(await readdir(join(root, ".incoming"))).toHaveLength(1), {
    timeout: 20_000,
    interval: 1,
  });
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
  expect(await new FolderStore(root).stat("a1/large")).toBeNull();
  expect((await stat(file)).size).toBe(1 << 30);
});
