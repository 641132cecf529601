/** What every store guarantees: one suite, run over each implementation by its own test file. Never imported by the product. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FileMissing, type Store } from "./store.ts";

export function testStoreContract(name: string, openEmptyStore: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    let scratch: string;
    beforeEach(async () => {
      store = await openEmptyStore();
      scratch = await mkdtemp(join(tmpdir(), "reelflow-store-"));
    });
    afterEach(() => rm(scratch, { recursive: true, force: true }));

    async function localFile(content: string): Promise<string> {
      const path = join(scratch, `file-${content.length}`);
      await writeFile(path, content);
      return path;
    }

    async function localFolder(files: Record<string, string>): Promise<string> {
      const folder = await mkdtemp(join(scratch, "folder-"));
      await Promise.all(Object.entries(files).map(([file, content]) => writeFile(join(folder, file), content)));
      return folder;
    }

    async function contentOf(key: string, range?: { start: number; end: number }): Promise<string | null> {
      const file = await store.open(key, range);
      return file && (await text(file.stream));
    }

    test("a file put is read back whole, and is gone from where it lay", async () => {
      await store.putFile(await localFile("hello"), "a1/media/1/source.mp4");
      expect(await contentOf("a1/media/1/source.mp4")).toBe("hello");
      expect(await readdir(scratch)).toEqual([]);
    });

    test("a file put again replaces the first, under another ETag", async () => {
      await store.putFile(await localFile("first"), "a1/thumb.jpg");
      const before = await store.stat("a1/thumb.jpg");
      await store.putFile(await localFile("other"), "a1/thumb.jpg");
      expect(await contentOf("a1/thumb.jpg")).toBe("other");
      expect((await store.stat("a1/thumb.jpg"))?.etag).not.toBe(before?.etag);
    });

    test("a range is exactly the bytes asked for, and still tells the size of the whole", async () => {
      await store.putFile(await localFile("0123456789"), "a1/digits");
      expect(await contentOf("a1/digits", { start: 2, end: 4 })).toBe("234");
      expect(await contentOf("a1/digits", { start: 0, end: 0 })).toBe("0");
      expect(await contentOf("a1/digits", { start: 9, end: 9 })).toBe("9");
      const opened = await store.open("a1/digits", { start: 2, end: 4 });
      expect(opened?.sizeBytes).toBe(10);
      opened?.stream.destroy();
    });

    test("a range that leaves the file is refused", async () => {
      await store.putFile(await localFile("0123456789"), "a1/digits");
      await expect(store.open("a1/digits", { start: 0, end: 10 })).rejects.toThrow(RangeError);
      await expect(store.open("a1/digits", { start: 5, end: 4 })).rejects.toThrow(RangeError);
    });

    test("what is not there is null, folders included", async () => {
      await store.putFile(await localFile("hello"), "a1/x/y");
      expect(await store.stat("a1/x/z")).toBeNull();
      expect(await store.open("a1/x/z")).toBeNull();
      expect(await store.stat("a1/x")).toBeNull();
      expect(await store.open("a1/x")).toBeNull();
      expect(await store.stat("a1/x/y/below-a-file")).toBeNull();
    });

    test("a folder put tells each file's name and size", async () => {
      const folder = await localFolder({ "index.m3u8": "#EXTM3U", "s0.ts": "0123456789", "空.txt": "名" });
      expect(await store.putFolder(folder, "a1/tasks/t/r/1")).toEqual([
        { name: "index.m3u8", sizeBytes: 7 },
        { name: "s0.ts", sizeBytes: 10 },
        { name: "空.txt", sizeBytes: 3 },
      ]);
      expect(await contentOf("a1/tasks/t/r/1/s0.ts")).toBe("0123456789");
      expect(await readdir(scratch)).toEqual([]);
    });

    test("a folder never mixes with one that is there already", async () => {
      await store.putFolder(await localFolder({ a: "1" }), "a1/tasks/t/r/1");
      await expect(store.putFolder(await localFolder({ b: "2" }), "a1/tasks/t/r/1")).rejects.toThrow("already");
      expect(await contentOf("a1/tasks/t/r/1/a")).toBe("1");
      expect(await store.stat("a1/tasks/t/r/1/b")).toBeNull();
    });

    test("a folder with a link or a folder in it is refused, and nothing of it appears", async () => {
      const linked = await localFolder({ a: "1" });
      await symlink("/etc/hostname", join(linked, "b"));
      await expect(store.putFolder(linked, "a1/tasks/t/r/1")).rejects.toThrow("Not a plain file");
      const nested = await localFolder({ a: "1" });
      await mkdir(join(nested, "b"));
      await expect(store.putFolder(nested, "a1/tasks/t/r/1")).rejects.toThrow("Not a plain file");
      expect(await store.stat("a1/tasks/t/r/1/a")).toBeNull();
    });

    test("a source that is not there leaves nothing behind", async () => {
      await expect(store.putFile(join(scratch, "absent"), "a1/x")).rejects.toThrow();
      await expect(store.putFolder(join(scratch, "absent"), "a1/y")).rejects.toThrow();
      expect(await store.stat("a1/x")).toBeNull();
    });

    test("a file moved is under its new key only, in place of what was there; one that is missing is named", async () => {
      await store.putFile(await localFile("hello"), "a1/incoming/u");
      await store.putFile(await localFile("older"), "a1/media/1/source.mp4");
      await store.move("a1/incoming/u", "a1/media/1/source.mp4");
      expect(await contentOf("a1/media/1/source.mp4")).toBe("hello");
      expect(await store.stat("a1/incoming/u")).toBeNull();
      await expect(store.move("a1/incoming/u", "a1/media/2/source.mp4")).rejects.toThrow(FileMissing);
    });

    test("a materialised file has the content; one that is missing is named", async () => {
      await store.putFile(await localFile("hello"), "a1/media/1/source.mp4");
      expect(await readFile(await store.materialise("a1/media/1/source.mp4", scratch), "utf8")).toBe("hello");
      await expect(store.materialise("a1/media/2/source.mp4", scratch)).rejects.toThrow(FileMissing);
    });

    test("removing a prefix takes what is below it and no neighbour", async () => {
      await store.putFile(await localFile("hello"), "a1/media/1/source.mp4");
      await store.putFile(await localFile("world"), "a1/media/12/source.mp4");
      await store.remove("a1/media/1");
      await store.remove("a1/media/1");
      expect(await store.stat("a1/media/1/source.mp4")).toBeNull();
      expect(await contentOf("a1/media/12/source.mp4")).toBe("world");
      await store.remove("a1/media/12/source.mp4");
      expect(await store.stat("a1/media/12/source.mp4")).toBeNull();
    });

    test.each([
      "",
      "/etc/passwd",
      "../x",
      "a1/../../x",
      "a1//x",
      "a1/./x",
      "a1/.hidden",
      "a1\\..\\x",
      "a1/x\0",
      "a1/x\n",
      `a1/${"x".repeat(256)}`,
    ])("the key %j is refused by every operation", async (key) => {
      const file = await localFile("hello");
      const folder = await localFolder({ a: "1" });
      await expect(store.putFile(file, key)).rejects.toThrow("Not a storage key");
      await expect(store.putFolder(folder, key)).rejects.toThrow("Not a storage key");
      await expect(store.move(key, "a1/x")).rejects.toThrow("Not a storage key");
      await expect(store.move("a1/x", key)).rejects.toThrow("Not a storage key");
      await expect(store.materialise(key, scratch)).rejects.toThrow("Not a storage key");
      await expect(store.open(key)).rejects.toThrow("Not a storage key");
      await expect(store.stat(key)).rejects.toThrow("Not a storage key");
      await expect(store.remove(key)).rejects.toThrow("Not a storage key");
    });
  });
}
