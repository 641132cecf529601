import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { counting, ffmpeg, lavfi, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { operation } from "../../operations/operation.ts";
import {
  A_VIDEO,
  aContext,
  type Carried,
  carryOut,
  decrypt,
  onlyCommandOf,
  planOf,
} from "../../operations/test-plans.ts";

const run = promisify(execFile);

const ENCRYPTED = { encryption: "aes-128" };
const KEY_ARGS = ["-hls_key_info_file", "/run/scratch/key-info.txt", "-hls_flags", "+periodic_rekey"];

describe("an encrypted plan", () => {
  test.each([
    ["transcode", { container: "hls" }, ["-hls_segment_filename", "/run/out/video-%05d.ts"]],
    ["remux", { container: "hls" }, ["-hls_segment_filename", "/run/out/video-%05d.ts"]],
    [
      "adaptive-streaming",
      { rungs: [{}] },
      [
        ...["-var_stream_map", "v:0,name:video-1 a:0,name:audio-1-1"],
        ...["-hls_segment_filename", "/run/out/stream-%v-%05d.ts"],
      ],
    ],
  ] as const)(
    "of %s differs from a plain one in the arguments of its muxer and in naming places for a key",
    (kind, params, names) => {
      const plain = planOf(kind, params, aContext());
      const encrypted = planOf(kind, { ...params, ...ENCRYPTED }, aContext());
      const options = onlyCommandOf(plain).outputs[0]?.options ?? [];
      expect(options.slice(-names.length)).toEqual(names);
      expect(onlyCommandOf(encrypted).outputs[0]?.options).toEqual([
        ...options.slice(0, -names.length),
        ...KEY_ARGS,
        ...names,
      ]);
      expect(plain.ok && plain.value.contentKey).toBeUndefined();
      expect(encrypted).toMatchObject({
        value: {
          contentKey: { path: "/run/scratch/content.key", infoPath: "/run/scratch/key-info.txt" },
          outputs: [{ facts: { container: "hls", encryption: "aes-128" } }],
        },
      });
    },
  );

  test.each([
    ["transcode", { container: "mp4" }, "encryptionOnlyForHls"],
    ["transcode", { container: "flv" }, "encryptionOnlyForHls"],
    ["transcode", { container: "hls", hlsSegmentType: "fmp4" }, "encryptionNeedsTs"],
    ["remux", { container: "mp4" }, "encryptionOnlyForHls"],
    ["remux", { container: "hls", hlsSegmentType: "fmp4" }, "encryptionNeedsTs"],
    ["adaptive-streaming", { container: "dash", segmentType: "fmp4" }, "encryptionOnlyForHls"],
    ["adaptive-streaming", { segmentType: "fmp4" }, "encryptionNeedsTs"],
  ])("of %s with %j is refused by name", (kind, params, message) => {
    const { error } = operation.safeParse({ kind, params: { ...params, ...ENCRYPTED } });
    expect(error?.issues.map((issue) => [issue.path.join("."), issue.message])).toContainEqual([
      "params.encryption",
      message,
    ]);
  });

  test("cannot be a copy of a turned video, which only fragmented MP4 would show upright", () => {
    const phone = aContext({ video: { ...A_VIDEO, rotationDegrees: 90 } });
    expect(planOf("remux", { container: "hls", ...ENCRYPTED }, phone)).toMatchObject({
      failure: { code: "CANNOT_ENCRYPT" },
    });
  });
});

/** Puts a key where a playlist says it is; a player would have fetched it from there. */
async function withKey({ dir, key }: Carried, playlist: string, bytes: Buffer): Promise<string> {
  await writeFile(join(dir, "given.key"), bytes);
  const text = await readFile(join(dir, playlist), "utf8");
  await writeFile(join(dir, `given-${playlist}`), text.replaceAll(`../../api/keys/${key?.id}`, "given.key"));
  return join(dir, `given-${playlist}`);
}

/** A hash of every picture and sound that can be decoded. */
async function framesOf(playlist: string): Promise<string> {
  const { stdout } = await run("ffmpeg", [
    ...["-loglevel", "error", "-xerror", "-allowed_extensions", "ALL", "-i", playlist, "-f", "framemd5", "-"],
  ]);
  return stdout;
}

test("an adaptive stream plays with its key, picture for picture, and not without", async () => {
  const dir = await scratchDir();
  const film = await ffmpeg(...counting(60), ...lavfi("sine=duration=2.4"), ...QUICK_H264, `${dir}/film.mp4`);
  const params = {
    segmentSeconds: 1,
    rungs: [{ video: { heightPx: 32 } }, { video: { heightPx: 64, codec: "h265" } }],
  };
  const plain = await carryOut("adaptive-streaming", params, film);
  const encrypted = await carryOut("adaptive-streaming", { ...params, ...ENCRYPTED }, film);
  expect(encrypted.names).toEqual(plain.names);
  const { key } = encrypted;
  if (key === null) throw new Error("no key");

  const segments = encrypted.names.filter((name) => name.endsWith(".ts"));
  expect(segments).toHaveLength(9);
  for (const name of segments) {
    const [hidden, open] = await Promise.all([encrypted, plain].map((one) => readFile(join(one.dir, name))));
    expect(open?.[0]).toBe(0x47);
    expect([hidden?.[0], hidden?.[188], hidden?.[376]]).not.toEqual([0x47, 0x47, 0x47]);
    expect(decrypt(hidden ?? Buffer.of(), key, name, "padded").equals(open ?? Buffer.of()), name).toBe(true);
  }

  for (const name of ["video-1", "video-2", "audio-1-1"]) {
    const playlist = `stream-${name}.m3u8`;
    const text = await readFile(join(encrypted.dir, playlist), "utf8");
    const keys = [...text.matchAll(/#EXT-X-KEY:(.*)\n#EXTINF/g)].map(([, attributes]) => attributes);
    // One key, and of every segment its own initialization vector.
    expect(keys).toEqual(
      [0, 1, 2].map(
        (number) => `METHOD=AES-128,URI="../../api/keys/${key.id}",IV=0x${String(number).padStart(32, "0")}`,
      ),
    );
    const played = await framesOf(await withKey(encrypted, playlist, key.bytes));
    expect(played).toEqual(await framesOf(join(plain.dir, playlist)));
    await expect(framesOf(await withKey(encrypted, playlist, randomBytes(16)))).rejects.toThrow();
    await expect(framesOf(join(encrypted.dir, playlist))).rejects.toThrow();
  }

  const codecsOf = async (carried: Carried) =>
    [...(await readFile(carried.path(), "utf8")).matchAll(/CODECS="([^"]+)"/g)].map(([, codecs]) => codecs);
  expect(await codecsOf(encrypted)).toEqual(await codecsOf(plain));
  expect(await codecsOf(encrypted)).toEqual([
    expect.stringMatching(/^avc1\.[0-9a-f]{6},mp4a\.40\.2$/),
    expect.stringMatching(/^hvc1\.[\w.]+,mp4a\.40\.2$/),
  ]);
});

test.each(["remux", "transcode"] as const)("the segments of an encrypted %s are those of a plain one", async (kind) => {
  const dir = await scratchDir();
  const film = await ffmpeg(
    ...counting(40),
    ...lavfi("sine=duration=1.6"),
    ...QUICK_H264,
    "-g",
    "25",
    `${dir}/film.mp4`,
  );
  const params = { container: "hls", hlsSegmentSeconds: 1 };
  const plain = await carryOut(kind, params, film);
  const encrypted = await carryOut(kind, { ...params, ...ENCRYPTED }, film);
  const segments = encrypted.names.filter((name) => name.endsWith(".ts"));
  expect(segments).toHaveLength(2);
  for (const name of segments) {
    const [hidden, open] = await Promise.all([encrypted, plain].map((one) => readFile(join(one.dir, name))));
    if (encrypted.key === null) throw new Error("no key");
    expect(decrypt(hidden ?? Buffer.of(), encrypted.key, name, "padded").equals(open ?? Buffer.of())).toBe(true);
  }
});
