import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "#domain/ffmpeg/test-media.ts";
import { placeContentKey } from "./place-content-key.ts";

test("a key lies where the plan wants it, for nobody else to read, and what players are told is not a path of ours", async () => {
  const dir = await scratchDir();
  const paths = { path: join(dir, "content.key"), infoPath: join(dir, "key-info.txt") };
  const { bytes, stored } = await placeContentKey(paths, "a secret key of the installation, long enough");
  expect((await readFile(paths.path)).equals(bytes)).toBe(true);
  expect(await readFile(paths.infoPath, "utf8")).toBe(`../../api/keys/${stored.id}\n${paths.path}\n`);
  for (const path of Object.values(paths)) expect((await stat(path)).mode & 0o777).toBe(0o600);
});
