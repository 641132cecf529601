import { execFile, spawn } from "node:child_process";
import { copyFile, open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ErrorCode } from "#domain/error.ts";
import { probe } from "./probe.ts";
import { makeClip, makeTestFolder, makeWith, type TestFolder } from "./test-clips.ts";

const execute = promisify(execFile);
const never = { signal: new AbortController().signal };
let folder: TestFolder;
let clip: string;
const at = (name: string) => join(folder.path, name);

beforeAll(async () => {
  folder = await makeTestFolder();
  clip = await makeClip(at("clip"));
});
afterAll(() => folder.remove());

async function expectRefused(name: string, code: ErrorCode): Promise<void> {
  expect(await probe(at(name), never), name).toMatchObject({ ok: false, failure: { code } });
}

test("a clip is described by its streams, size and duration", async () => {
  const probed = await probe(clip, never);
  expect(probed).toMatchObject({ ok: true, value: { video: { codec: "h264", widthPx: 320, heightPx: 180 } } });
  if (!probed.ok) return;
  expect(probed.value.durationSeconds).toBeCloseTo(2, 1);
  expect(probed.value.audio).toHaveLength(1);
});

test("text, an empty file and a movie whose end is missing are each refused with their own reason", async () => {
  await writeFile(at("text"), "Dear reader,\nthis is no movie.\n".repeat(50));
  await writeFile(at("empty"), "");
  const movie = await readFile(clip);
  await writeFile(at("cut"), movie.subarray(0, movie.length / 2));
  await expectRefused("text", "NOT_MEDIA");
  await expectRefused("empty", "EMPTY_FILE");
  await expectRefused("cut", "MEDIA_TRUNCATED");
});

test("a movie of no length has no duration, a picture needs none", async () => {
  await makeWith(["-f", "lavfi", "-i", "testsrc2=duration=1", "-frames:v", "0", "-f", "matroska"], at("nothing"));
  await makeWith(
    ["-f", "lavfi", "-i", "testsrc2=size=64x48", "-frames:v", "1", "-f", "image2", "-c:v", "png"],
    at("picture"),
  );
  const nothing = await probe(at("nothing"), never);
  expect(nothing.ok).toBe(false);
  expect(await probe(at("picture"), never)).toMatchObject({ ok: true, value: { durationSeconds: 0 } });
});

test("a picture that claims to be enormous is refused without being decoded", async () => {
  await makeWith(
    ["-f", "lavfi", "-i", "color=size=16x16", "-frames:v", "1", "-f", "image2", "-c:v", "png"],
    at("bomb"),
  );
  const file = await open(at("bomb"), "r+");
  // Width and height of PNG's header; its checksum no longer fits, which ffmpeg overlooks as browsers do.
  const size = Buffer.alloc(8);
  size.writeUInt32BE(60_000, 0);
  size.writeUInt32BE(60_000, 4);
  await file.write(size, 0, 8, 16);
  await file.close();
  await expectRefused("bomb", "MEDIA_TOO_LARGE");
});

test("playlists and scripts that pose as media are refused, and the file they point at is never opened", async () => {
  await makeWith(["-i", clip, "-c", "copy", "-f", "mpegts"], at("secret.ts"));
  const secret = at("secret.ts");
  await writeFile(at("hls"), `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${secret}\n#EXT-X-ENDLIST\n`);
  await writeFile(at("concat"), `ffconcat version 1.0\nfile secret.ts\n`);
  await writeFile(
    at("dash"),
    `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">` +
      `<Period><AdaptationSet><Representation><BaseURL>${secret}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  );
  for (const name of ["hls", "concat", "dash"]) {
    await copyFile(at(name), at(`${name}.mp4`));
    const watch = await watchOpens(secret);
    await expectRefused(name, "MEDIA_REFERENCES_FILES");
    await expectRefused(`${name}.mp4`, "MEDIA_REFERENCES_FILES");
    expect(await watch.opened(), name).toBe(false);
  }
});

/** Puts a named pipe in the file's place: only when somebody opens it to read does our opening for writing go through. */
async function watchOpens(path: string): Promise<{ opened: () => Promise<boolean> }> {
  await rename(path, `${path}.real`);
  await execute("mkfifo", [path]);
  // It says so before it gives the reader anything, so a reader that got something cannot be missed.
  const script = `exec 3> "$0" && echo opened && echo was read >&3`;
  const writer = spawn("sh", ["-c", script, path], { stdio: ["ignore", "pipe", "ignore"] });
  const said = text(writer.stdout);
  return {
    opened: async () => {
      writer.kill("SIGKILL");
      const opened = (await said) === "opened\n";
      await rename(`${path}.real`, path);
      return opened;
    },
  };
}

test("the watch of the test above notices a file that is opened", async () => {
  await writeFile(at("watched"), "text");
  const watch = await watchOpens(at("watched"));
  expect(await readFile(at("watched"), "utf8")).toBe("was read\n");
  expect(await watch.opened()).toBe(true);
});

test("an aborted probe rejects with the reason", async () => {
  const stop = AbortSignal.abort(new Error("stopping"));
  await expect(probe(clip, { signal: stop })).rejects.toThrow("stopping");
});
