/** Heads and tails by real ffmpeg: what no argument array can show. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import {
  colourAt,
  counting,
  EXACT_H264,
  ffmpeg,
  frameShownBy,
  frameTimes,
  lavfi,
  looksBlue,
  looksRed,
  probe,
  QUICK_H264,
  scratchDir,
} from "../../ffmpeg/test-media.ts";
import { carryOut } from "../../operations/test-plans.ts";
import type { NamedFile } from "../../plan.ts";

async function named(path: string): Promise<NamedFile> {
  return { of: "media", path, info: await probe(path) };
}

/** The picture that is on screen at a moment. */
async function pictureAt(path: string, seconds: number): Promise<string> {
  const dir = await scratchDir();
  return ffmpeg("-ss", String(seconds), "-i", path, "-frames:v", "1", `${dir}/at.png`);
}

async function loudest(path: string, from: number, seconds: number): Promise<number> {
  const raw = await ffmpeg(
    ...["-ss", String(from), "-t", String(seconds), "-i", path, "-vn", "-ac", "1", "-f", "u8"],
    `${await scratchDir()}/samples`,
  );
  return (await readFile(raw)).reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0);
}

/** A film of 25 counting frames with sound, and what stands around it: other sizes, other rates, with and without sound. */
async function clips() {
  const dir = await scratchDir();
  const [main, red, upright, blue] = await Promise.all([
    ffmpeg(...counting(25), ...lavfi("sine=duration=1"), ...EXACT_H264, "-bf", "2", `${dir}/main.mp4`),
    ffmpeg(...lavfi("color=red:size=96x80:rate=10:duration=0.5"), ...QUICK_H264, `${dir}/red.mp4`),
    ffmpeg(...lavfi("color=green:size=48x96:rate=10:duration=0.2"), ...QUICK_H264, `${dir}/upright.mp4`),
    ffmpeg(
      ...[...lavfi("color=blue:size=64x64:rate=50:duration=0.4"), ...lavfi("sine=frequency=880:duration=0.4")],
      ...[...QUICK_H264, "-ar", "44100", `${dir}/blue.ts`],
    ),
  ]);
  const files = { red: await named(red), upright: await named(upright), blue: await named(blue) };
  const headTails = [
    { template: 1, heads: [{ mediaId: "upright" }, { mediaId: "red" }] },
    { template: 2, tails: [{ mediaId: "blue" }] },
  ];
  return { main, files, headTails };
}

const MAIN = { startOffsetSeconds: 0.4, video: { rateMode: "crf", crf: 4 } };

test("stand before and after the main part: at the right frames, in one picture and one sound", async () => {
  const { main, files, headTails } = await clips();
  const { path, plan } = await carryOut("transcode", { ...MAIN, headTails }, main, files);
  const { video, audio, durationSeconds } = await probe(path());
  expect(video).toMatchObject({ widthPx: 64, heightPx: 64, framesPerSecond: 25, sampleAspectRatio: 1 });
  expect(video).toMatchObject({ pixelFormat: "yuv420p", colourMatrix: "bt709" });
  expect(audio).toMatchObject([{ codec: "aac", channels: 2 }]);
  // Half a second is 13 frames; then 15 of the main part, and 10.
  expect(plan.outputs[0]?.facts.durationSeconds).toBeCloseTo(1.52, 6);
  expect(Math.abs(durationSeconds - 1.52)).toBeLessThan(0.03);
  const times = await frameTimes(path());
  expect(times).toHaveLength(38);
  for (const [frame, seconds] of times.entries()) expect(seconds).toBeCloseTo(frame / 25, 4);

  expect(looksRed(await colourAt(await pictureAt(path(), 0.48), 2, 2))).toBe(true);
  // The main part's own first frame, and its last.
  expect(await frameShownBy(await pictureAt(path(), 0.52))).toBe(10);
  expect(await frameShownBy(await pictureAt(path(), 1.08))).toBe(24);
  expect(looksBlue(await colourAt(await pictureAt(path(), 1.12), 32, 32))).toBe(true);
  expect(await loudest(path(), 0.05, 0.4)).toBeLessThan(2);
  expect(await loudest(path(), 0.6, 0.4)).toBeGreaterThan(8);
  expect(await loudest(path(), 1.2, 0.25)).toBeGreaterThan(8);
});

test("of HLS are cut where the whole is to be cut", async () => {
  const { main, files, headTails } = await clips();
  const params = { ...MAIN, container: "hls", hlsSegmentSeconds: 1, headTails };
  const { path, names } = await carryOut("transcode", params, main, files);
  expect(names.filter((name) => name.endsWith(".ts"))).toHaveLength(2);
  const whole = await ffmpeg("-i", path(), "-c", "copy", `${await scratchDir()}/whole.mp4`);
  const times = await frameTimes(whole);
  expect(times).toHaveLength(38);
  expect((await frameTimes(whole, "key")).map((seconds) => (seconds - (times[0] ?? 0)).toFixed(2))).toContain("1.00");
  expect(await frameShownBy(await pictureAt(whole, (times[0] ?? 0) + 0.505))).toBe(10);
});

test.each([
  ["flv", { video: { passes: "two", bitrateKbps: 300 } }],
  ["webm", { video: { codec: "vp9" }, audio: { codec: "opus" } }],
  ["mp4", { video: { codec: "h265", passes: "two", bitrateKbps: 300 }, playbackSpeed: 2 }],
])("go into %s with %o", async (container, params) => {
  const { main, files, headTails } = await clips();
  const { path, plan } = await carryOut("transcode", { ...params, container, headTails }, main, files);
  const { video, audio, durationSeconds } = await probe(path());
  expect(video).toMatchObject({ widthPx: 64, heightPx: 64 });
  expect(audio).toHaveLength(1);
  // FLV counts from where the first frame is decoded.
  expect(Math.abs(durationSeconds - (plan.outputs[0]?.facts.durationSeconds ?? 0))).toBeLessThan(0.1);
  expect(looksRed(await colourAt(await pictureAt(path(), 0.3), 32, 32))).toBe(true);
  expect(looksBlue(await colourAt(await pictureAt(path(), durationSeconds - 0.3), 32, 32))).toBe(true);
});

test("bring their sound where the main part has none, and lose it where no sound is wanted", async () => {
  const { main, files, headTails } = await clips();
  const silent = await ffmpeg("-i", main, "-c", "copy", "-an", `${await scratchDir()}/silent.mp4`);
  const { path } = await carryOut("transcode", { headTails }, silent, files);
  expect((await probe(path())).audio).toMatchObject([{ codec: "aac" }]);
  expect(await frameTimes(path())).toHaveLength(48);
  expect(await loudest(path(), 0.1, 1.3)).toBeLessThan(2);
  expect(await loudest(path(), 1.6, 0.25)).toBeGreaterThan(8);
  const mute = await carryOut("transcode", { audio: null, headTails }, main, files);
  expect((await probe(mute.path())).audio).toEqual([]);
});
