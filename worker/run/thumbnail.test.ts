import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { COMMAND_LIMITS } from "./ffmpeg.ts";
import { probe } from "./probe.ts";
import { makeClip, makeTestFolder, type TestFolder } from "./test-clips.ts";
import { makeThumbnail } from "./thumbnail.ts";
import { Scratch } from "./workspace.ts";

let folder: TestFolder;
beforeAll(async () => {
  folder = await makeTestFolder();
});
afterAll(() => folder.remove());

test("a file that would take too long to be shown is shown by nothing, and holds nobody up", async () => {
  const { signal } = new AbortController();
  const path = await makeClip(join(folder.path, "clip"));
  const probed = await probe(path, { signal });
  if (!probed.ok) throw new Error(probed.failure.code);
  const workspace = await (await Scratch.open(folder.path, "worker")).openWorkspace("upload");
  expect(await makeThumbnail(path, probed.value, workspace, { signal })).not.toBeNull();
  const limits = { ...COMMAND_LIMITS, wallSeconds: 0.001 };
  expect(await makeThumbnail(path, probed.value, workspace, { signal, limits })).toBeNull();
});
