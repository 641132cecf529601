import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFiles } from "./scratch-files.ts";
import { makeTestFolder } from "./test-clips.ts";

test("a file is read line by line, and one that was never written has none", async () => {
  const folder = await makeTestFolder();
  try {
    await writeFile(join(folder.path, "some.txt"), "one\ntwo\n\nfour");
    const files = scratchFiles(folder.path);
    expect(await Array.fromAsync(files.lines("some.txt"))).toEqual(["one", "two", "", "four"]);
    expect(await Array.fromAsync(files.lines("none.txt"))).toEqual([]);
  } finally {
    await folder.remove();
  }
});
