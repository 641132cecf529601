import { execFile, spawn } from "node:child_process";
import { copyFile, open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ErrorCode } from "#domain/error.ts";
import { probe, probeKeyFrames, probeWhole } from "./probe.ts";
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

test("a video's key frames are found, and nothing of what is no video", async () => {
  expect(await probeKeyFrames(clip, 0, never)).toMatchObject({ seconds: expect.arrayContaining([0]), closed: true });
  await writeFile(at("prose"), "Dear reader,\n");
  expect(await probeKeyFrames(at("prose"), 0, never)).toBeNull();
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

describe("whole or cut off", () => {
  /** Long enough for a tenth of it to be missed. */
  const SECONDS = 16;
  const picture = ["-f", "lavfi", "-i", `testsrc2=size=96x64:rate=10:duration=${SECONDS}`];
  const tone = ["-f", "lavfi", "-i", `sine=frequency=440:duration=${SECONDS}`];
  const shortPicture = ["-f", "lavfi", "-i", "testsrc2=size=96x64:rate=10:duration=12"];
  const cover = ["-f", "lavfi", "-i", "testsrc2=size=64x64:duration=0.04"];
  const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"];
  const indexInFront = ["-movflags", "+faststart", "-f", "mp4"];
  const fragments = ["-g", "20", "-movflags", "+frag_keyframe+empty_moov", "-f", "mp4"];
  const coverOf = ["-map", "0", "-map", "1", "-c:v", "mjpeg", "-frames:v", "1", "-disposition:v", "attached_pic"];
  const WHOLE: Readonly<Record<string, readonly string[]>> = {
    "MP4 with its index in front": [...picture, ...tone, ...h264, ...indexInFront],
    "MP4 with its index behind": [...picture, ...tone, ...h264, "-f", "mp4"],
    "MP4 in fragments": [...picture, ...tone, ...h264, ...fragments],
    "QuickTime with a time code": [...picture, ...tone, ...h264, "-timecode", "01:00:00:00", "-f", "mov"],
    Matroska: [...picture, ...tone, ...h264, "-f", "matroska"],
    WebM: [
      ...picture,
      ...tone,
      "-c:v",
      "libvpx",
      "-deadline",
      "realtime",
      "-cpu-used",
      "8",
      "-c:a",
      "libopus",
      "-f",
      "webm",
    ],
    FLV: [...picture, ...tone, ...h264, "-f", "flv"],
    "FLV whose picture ends before its sound": [...shortPicture, ...tone, ...h264, "-f", "flv"],
    "MP4 whose picture ends before its sound": [...shortPicture, ...tone, ...h264, ...indexInFront],
    "FLV that knows no duration": [...picture, ...tone, ...h264, "-flvflags", "no_duration_filesize", "-f", "flv"],
    "transport stream": [...picture, ...tone, ...h264, "-f", "mpegts"],
    "program stream": [...picture, ...tone, "-c:v", "mpeg2video", "-r", "25", "-c:a", "mp2", "-f", "mpeg"],
    AVI: [...picture, ...tone, "-c:v", "mpeg4", "-c:a", "libmp3lame", "-f", "avi"],
    WMV: [...picture, ...tone, "-c:v", "wmv2", "-c:a", "wmav2", "-f", "asf"],
    MXF: [...picture, ...tone, "-c:v", "mpeg2video", "-r", "25", "-c:a", "pcm_s16le", "-ar", "48000", "-f", "mxf"],
    Ogg: [...picture, ...tone, "-c:v", "libtheora", "-c:a", "libvorbis", "-f", "ogg"],
    GIF: [...picture, "-f", "gif"],
    "MP3 of varying bit rate with a cover": [
      ...tone,
      ...cover,
      ...coverOf,
      "-c:a",
      "libmp3lame",
      "-q:a",
      "4",
      "-f",
      "mp3",
    ],
    "MP3 without a header": [...tone, "-c:a", "libmp3lame", "-write_xing", "0", "-f", "mp3"],
    "M4A with a cover": [...tone, ...cover, ...coverOf, "-c:a", "aac", "-f", "mp4"],
    WAV: [...tone, "-f", "wav"],
    FLAC: [...tone, "-f", "flac"],
    AIFF: [...tone, "-f", "aiff"],
    AAC: [...tone, "-c:a", "aac", "-f", "adts"],
  };

  test.each(Object.entries(WHOLE))("%s that is all there is taken", async (name, args) => {
    await makeWith(args, at(name));
    expect(await probeWhole(at(name), never)).toMatchObject({ ok: true });
  });

  const IN_FRONT = ["MP4 with its index in front", "Matroska", "WebM", "FLV"];
  test.each(IN_FRONT.flatMap((name) => [40, 90].map((percent) => ({ name, percent }))))(
    "$name of which $percent % arrived is refused, though its header is fine",
    async ({ name, percent }) => {
      const file = await readFile(at(name));
      const cut = `${name} ${percent}`;
      await writeFile(at(cut), file.subarray(0, (file.length * percent) / 100));
      expect(await probe(at(cut), never)).toMatchObject({ ok: true });
      expect(await probeWhole(at(cut), never)).toMatchObject({ ok: false, failure: { code: "MEDIA_TRUNCATED" } });
    },
  );

  test("music that lost most of itself is refused, and a title that stands for longer than the picture is not missed", async () => {
    const music = await readFile(at("FLAC"));
    await writeFile(at("cut music"), music.subarray(0, music.length * 0.4));
    expect(await probeWhole(at("cut music"), never)).toMatchObject({ failure: { code: "MEDIA_TRUNCATED" } });

    await writeFile(at("title.srt"), "1\n00:00:01,000 --> 00:00:22,000\nThe end\n");
    await makeWith(
      ["-i", at("Matroska"), "-i", at("title.srt"), "-map", "0", "-map", "1", "-c", "copy", "-f", "matroska"],
      at("titled"),
    );
    expect(await probeWhole(at("titled"), never)).toMatchObject({ ok: true, value: { durationSeconds: 22 } });
  });
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
