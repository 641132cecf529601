import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { crc32, deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { coloursAt, ffmpeg, lavfi, QUICK_H264, scratchDir } from "#domain/ffmpeg/test-media.ts";
import { at, imageMark, sized } from "#domain/modifiers/watermark/test-marks.ts";
import { carryOut } from "#domain/operations/test-plans.ts";
import { readApng } from "./apng.ts";
import { examineAsset } from "./examine-asset.ts";

const run = promisify(execFile);

/** Every frame as ffmpeg's own decoder shows it. */
async function frames(path: string): Promise<Buffer> {
  const args = ["-loglevel", "error", "-f", "apng", "-i", path, "-fps_mode", "passthrough", "-f", "rawvideo"];
  const { stdout } = await run("ffmpeg", [...args, "-pix_fmt", "rgba", "pipe:1"], {
    encoding: "buffer",
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

async function times(path: string): Promise<number[]> {
  const { stdout } = await run("ffprobe", [
    ...["-loglevel", "error", "-f", "apng", "-show_entries", "packet=pts_time", "-of", "csv=p=0", path],
  ]);
  return stdout.trim().split("\n").map(Number.parseFloat);
}

interface Part {
  place: readonly [width: number, height: number, x: number, y: number];
  rgba: readonly [number, number, number, number];
  dispose?: number;
  blend?: number;
  ms?: number;
}

/** A moving PNG of 8 × 8 px, of areas of one colour. */
function apngOf(parts: readonly Part[]): Buffer {
  const uints = (...values: number[]) => {
    const bytes = Buffer.alloc(4 * values.length);
    for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
    return bytes;
  };
  const chunk = (type: string, ...data: Buffer[]) => {
    const named = Buffer.concat([Buffer.from(type), ...data]);
    return Buffer.concat([uints(named.length - 4), named, uints(crc32(named))]);
  };
  let sequence = 0;
  const drawn = parts.flatMap(({ place: [width, height, x, y], rgba, dispose = 0, blend = 0, ms = 100 }, index) => {
    const row = Buffer.concat([Buffer.of(0), ...Array.from({ length: width }, () => Buffer.from(rgba))]);
    const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
    const how = Buffer.of(ms >> 8, ms & 255, 1000 >> 8, 1000 & 255, dispose, blend);
    const control = chunk("fcTL", uints(sequence++, width, height, x, y), how);
    return [control, index === 0 ? chunk("IDAT", pixels) : chunk("fdAT", uints(sequence++), pixels)];
  });
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", uints(8, 8), Buffer.of(8, 6, 0, 0, 0)),
    chunk("acTL", uints(parts.length, 0)),
    ...drawn,
    chunk("IEND"),
  ]);
}

const WHOLE = [8, 8, 0, 0] as const;
const RED = [255, 0, 0, 255] as const;

async function stored(bytes: Buffer): Promise<{ path: string; info: object; bytes: Buffer }> {
  const examined = await examineAsset("image", bytes);
  if (!examined.ok) throw new Error(`${examined.failure.code} ${examined.failure.detail}`);
  const path = `${await scratchDir()}/stored.png`;
  await writeFile(path, examined.value.bytes);
  return { path, ...examined.value };
}

describe("a moving PNG", () => {
  test("looks the same, frame by frame, when it is drawn anew", async () => {
    const dir = await scratchDir();
    // Its encoder writes of each frame what differs from the one before, with a palette in the second case.
    const source = "testsrc2=size=48x32:rate=5:duration=1.2,format=rgba,colorchannelmixer=aa=0.6";
    const rgba = await ffmpeg(...lavfi(source), "-pix_fmt", "rgba", "-f", "apng", `${dir}/rgba.png`);
    const opaque = lavfi("testsrc2=size=48x32:rate=5:duration=1.2");
    const palette = await ffmpeg(...opaque, "-pix_fmt", "pal8", "-f", "apng", `${dir}/palette.png`);
    for (const path of [rgba, palette]) {
      const { info, path: copy } = await stored(await readFile(path));
      expect(info).toEqual({ kind: "image", format: "apng", widthPx: 48, heightPx: 32, durationSeconds: 1.2 });
      const [before, after] = await Promise.all([frames(path), frames(copy)]);
      expect(before.length).toBe(6 * 48 * 32 * 4);
      expect(after.equals(before)).toBe(true);
      expect(await times(copy)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    }
  });

  test.each([
    ["parts laid over the frame before", { blend: 1 }],
    ["parts that replace what was there", { blend: 0 }],
    ["parts that are taken away again", { blend: 1, dispose: 1 }],
    ["parts after which it is as before", { blend: 1, dispose: 2 }],
  ])("of %s looks as ffmpeg shows it", async (_, how) => {
    const bytes = apngOf([
      { place: WHOLE, rgba: RED },
      { place: [4, 4, 1, 2], rgba: [0, 0, 255, 128], ...how },
      { place: [3, 5, 4, 0], rgba: [0, 255, 0, 64], ...how },
      { place: [1, 1, 7, 7], rgba: [9, 9, 9, 255] },
    ]);
    const original = `${await scratchDir()}/original.png`;
    await writeFile(original, bytes);
    const [before, after] = await Promise.all([frames(original), frames((await stored(bytes)).path)]);
    expect(after.length).toBe(4 * 8 * 8 * 4);
    // Rounding differs by one.
    for (const [index, value] of before.entries()) {
      const seen = (before[index - (index % 4) + 3] ?? 0) > 0;
      if (seen) expect(Math.abs(value - (after[index] ?? -9)), `byte ${index}`).toBeLessThanOrEqual(1);
    }
  });

  test("of frames that are hardly shown shows them as long as players do", async () => {
    const { info } = await stored(apngOf([0, 10, 300].map((ms) => ({ place: WHOLE, rgba: RED, ms }))));
    expect(info).toMatchObject({ durationSeconds: 0.5 });
  });

  test("of one frame is a still picture", async () => {
    const { info } = await stored(apngOf([{ place: WHOLE, rgba: RED }]));
    expect(info).toMatchObject({ format: "png", durationSeconds: 0 });
  });

  test.each([
    ["has a frame outside of it", apngOf([WHOLE, [8, 8, 1, 0] as const].map((place) => ({ place, rgba: RED })))],
    ["has a frame of no size", apngOf([WHOLE, [0, 8, 0, 0] as const].map((place) => ({ place, rgba: RED })))],
    ["is cut off", apngOf([RED, RED, RED].map((rgba) => ({ place: WHOLE, rgba }))).subarray(0, -30)],
  ])("that %s is refused", async (_, bytes) => {
    expect(await examineAsset("image", bytes)).toMatchObject({ ok: false, failure: { code: "NOT_MEDIA" } });
  });

  test("of more pixels than fit into memory is refused before any is decoded", async () => {
    const bytes = apngOf(Array.from({ length: 3 }, () => ({ place: WHOLE, rgba: RED })));
    // 100,000 × 100,000, of which each frame says to be a corner.
    bytes.writeUInt32BE(100_000, 16);
    bytes.writeUInt32BE(100_000, 20);
    expect(readApng(bytes)?.frames).toHaveLength(3);
    expect(await examineAsset("image", bytes)).toMatchObject({ ok: false, failure: { code: "NOT_MEDIA" } });
  });
});

test("as a watermark it moves, and half-transparent parts are half seen", async () => {
  const place = [16, 16] as const;
  const bytes = await movingMark();
  const { path: file, info } = await stored(bytes);
  expect(info).toMatchObject({ format: "apng", widthPx: place[0], durationSeconds: 0.4 });
  const dir = await scratchDir();
  const film = lavfi("color=0x000000:size=128x96:rate=10:duration=1.2");
  const source = await ffmpeg(...film, ...QUICK_H264, "-crf", "4", `${dir}/film.mp4`);
  const watermarks = ["forever", "once"].map((repeat, index) =>
    imageMark({ ...sized(16), repeat }, { ...at(40 * index, 0), span: { start: 0.2 } }),
  );
  const logo = { of: "asset" as const, path: file, info: { ...APNG_INFO } };
  const { path } = await carryOut("transcode", { watermarks }, source, { logo });
  const shown = async (x: number, y: number) =>
    (await coloursAt(path(), x, y))
      .map(([red, , blue]) => level(red, "r", "R") + level(blue, "b", "B") || ".")
      .join("");
  expect(await shown(4, 2)).toBe("..RRBBRRBBRR");
  expect(await shown(4, 10)).toBe("..rrbbrrbbrr");
  expect(await shown(44, 2)).toBe("..RRBB......");
});

const APNG_INFO = { kind: "image", format: "apng", widthPx: 16, heightPx: 16, durationSeconds: 0.4 } as const;

/** Red, then blue, 0.2 s each; the lower half lets half of what is below through. */
async function movingMark(): Promise<Buffer> {
  const dir = await scratchDir();
  const colours = "color=red:size=16x16:rate=5:duration=0.4,format=rgba";
  const look = `${colours},geq=r='255*eq(N,0)':g=0:b='255*eq(N,1)':a='if(lt(Y,8),255,128)'`;
  return readFile(await ffmpeg(...lavfi(look), "-f", "apng", `${dir}/mark.png`));
}

/** Dark, half lit or fully lit. */
function level(value: number, half: string, full: string): string {
  if (value > 200) return full;
  return value > 90 ? half : "";
}
