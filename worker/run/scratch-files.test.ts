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
    const lines: string[] = [];
    for await (const line of files.lines("some.txt")) lines.push(line);
    for await (const line of files.lines("none.txt")) lines.push(line);
    expect(lines).toEqual(["one", "two", "", "four"]);
  } finally {
    await folder.remove();
  }
});
