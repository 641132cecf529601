/** Joining and clipping by real ffmpeg: what no argument array can show. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
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
import type { NamedFile } from "../../plan.ts";
import { carryOut } from "../test-plans.ts";

async function named(path: string): Promise<NamedFile> {
  return { of: "media", path, info: await probe(path) };
}

/** The picture that is on screen at a moment. */
async function pictureAt(path: string, seconds: number): Promise<string> {
  const dir = await scratchDir();
  return ffmpeg("-ss", String(seconds), "-i", path, "-frames:v", "1", `${dir}/at.png`);
}

/** Loudest sample between two moments, in decibels; silence is far below -60. */
async function loudness(path: string, from: number, seconds: number): Promise<number> {
  const log = `${await scratchDir()}/levels.txt`;
  const print = `ametadata=print:key=lavfi.astats.Overall.Peak_level:file=${log}`;
  const stretch = ["-ss", String(from), "-t", String(seconds), "-i", path, "-vn"];
  await ffmpeg(...stretch, "-af", `astats=metadata=1:reset=0,${print}`, "-f", "null", "-");
  const levels = [...(await readFile(log, "utf8")).matchAll(/Peak_level=(\S+)/g)];
  const last = levels.at(-1)?.[1];
  return last === "-inf" ? -200 : Number(last);
}

test("clips of every kind become one film: one size, one rate, silence and black where there is nothing", async () => {
  const dir = await scratchDir();
  const [red, blue, tone] = await Promise.all([
    ffmpeg(
      ...[...lavfi("color=red:size=128x72:rate=25:duration=1"), ...lavfi("sine=duration=1"), ...QUICK_H264],
      ...["-c:a", "aac", "-ar", "44100", `${dir}/red.mp4`],
    ),
    // Upright, at another rate, silent, in a container without an index of key frames.
    ffmpeg(...lavfi("color=blue:size=48x64:rate=10:duration=1"), ...QUICK_H264, `${dir}/blue.ts`),
    ffmpeg(...lavfi("sine=frequency=880:duration=1"), "-c:a", "libmp3lame", `${dir}/tone.mp3`),
  ]);
  const clips = [
    { mediaId: null, startOffsetSeconds: 0.2, endOffsetSeconds: 0.8 },
    { mediaId: "blue", startOffsetSeconds: 0.3 },
    { mediaId: "tone", endOffsetSeconds: 0.5 },
  ];
  const files = { blue: await named(blue), tone: await named(tone) };
  const { path } = await carryOut("edit", { clips }, red, files);
  const { video, audio, durationSeconds } = await probe(path());
  expect(video).toMatchObject({ widthPx: 128, heightPx: 72, framesPerSecond: 25, sampleAspectRatio: 1 });
  expect(video).toMatchObject({ pixelFormat: "yuv420p", colourMatrix: "bt709", variableFrameRate: false });
  expect(audio).toMatchObject([{ codec: "aac", channels: 1, sampleRateHz: 44_100 }]);
  // 0.6 + 0.7 + 0.5 s, 45 frames.
  expect(durationSeconds).toBeCloseTo(1.8, 1);
  const times = await frameTimes(path());
  expect(times).toHaveLength(45);
  // Evenly, also where clips meet.
  for (const [frame, seconds] of times.entries()) expect(seconds).toBeCloseTo(frame / 25, 4);

  const [early, middle, late] = [
    await pictureAt(path(), 0.56),
    await pictureAt(path(), 0.64),
    await pictureAt(path(), 1.36),
  ];
  expect(looksRed(await colourAt(early, 64, 36))).toBe(true);
  expect(looksBlue(await colourAt(middle, 64, 36))).toBe(true);
  // Whole, between black bars.
  expect(Math.max(...(await colourAt(middle, 10, 36)))).toBeLessThan(20);
  expect(Math.max(...(await colourAt(late, 64, 36)))).toBeLessThan(20);
  expect(await loudness(path(), 0.1, 0.4)).toBeGreaterThan(-30);
  expect(await loudness(path(), 0.75, 0.4)).toBeLessThan(-60);
  expect(await loudness(path(), 1.4, 0.3)).toBeGreaterThan(-30);
});

describe("a clip", () => {
  let clip = "";
  beforeAll(async () => {
    // Key frames at 0, 1 and 2 s; frame n has brightness n, and a click at 1.5 s.
    const dir = await mkdtemp(join(tmpdir(), "reelflow-edit-"));
    clip = await ffmpeg(
      ...[...counting(70), ...lavfi("aevalsrc='if(between(t,1.5,1.6),sin(2*PI*1000*t),0)':d=2.8:s=48000")],
      ...[...EXACT_H264, "-g", "25", "-bf", "2", "-c:a", "aac", `${dir}/clip.mp4`],
    );
    return () => rm(dir, { recursive: true });
  });

  test.each([
    ["mp4", ["-c", "copy"]],
    // Nothing to seek to but the beginning.
    ["mp4", [...EXACT_H264, "-g", "100", "-c:a", "copy"]],
    ["ts", ["-c", "copy"]],
    ["mkv", ["-c", "copy"]],
    ["flv", ["-c", "copy"]],
  ])("of %s begins and ends at the asked frames, with its sound", async (ending, options) => {
    const source = await ffmpeg("-i", clip, ...options, `${await scratchDir()}/clip.${ending}`);
    const { path } = await carryOut("split", { startOffsetSeconds: 1.4, endOffsetSeconds: 2.4 }, source);
    const times = await frameTimes(path());
    expect(times).toHaveLength(25);
    expect(times[0]).toBe(0);
    expect(Math.abs((await frameShownBy(await pictureAt(path(), 0))) - 35)).toBeLessThanOrEqual(1);
    expect(Math.abs((await frameShownBy(await pictureAt(path(), 0.96))) - 59)).toBeLessThanOrEqual(1);
    // The click that was at 1.5 s is at 0.1 s.
    expect(await loudness(path(), 0, 0.07)).toBeLessThan(-40);
    expect(await loudness(path(), 0.1, 0.1)).toBeGreaterThan(-20);
    expect(await loudness(path(), 0.25, 0.7)).toBeLessThan(-40);
  });

  test("in fast mode is copied from the key frame before, and nothing hides before its beginning", async () => {
    const { path } = await carryOut("split", { cutMode: "fast", startOffsetSeconds: 1.4, endOffsetSeconds: 2.4 }, clip);
    const { video, audio, durationSeconds } = await probe(path());
    expect([video?.codec, audio[0]?.codec]).toEqual(["h264", "aac"]);
    // From 1 s.
    expect(await frameShownBy(await pictureAt(path(), 0))).toBe(25);
    // Frames that are shown earlier than they are stored stand at both ends.
    expect(Math.abs(durationSeconds - 1.4)).toBeLessThan(0.25);
    expect(await loudness(path(), 0.5, 0.1)).toBeGreaterThan(-20);
    expect(await loudness(path(), 0, 0.45)).toBeLessThan(-40);
  });

  test("joins others in fast mode without a frame being encoded", async () => {
    const clips = [
      { endOffsetSeconds: 1 },
      { startOffsetSeconds: 2 },
      { startOffsetSeconds: 1, endOffsetSeconds: 1.96 },
    ];
    const { path } = await carryOut("edit", { cutMode: "fast", clips }, clip);
    const { video, audio, durationSeconds } = await probe(path());
    expect([video?.codec, audio[0]?.codec]).toEqual(["h264", "aac"]);
    expect(Math.abs(durationSeconds - 2.8)).toBeLessThan(0.5);
    expect(await frameShownBy(await pictureAt(path(), 0))).toBe(0);
    expect(Math.abs((await frameShownBy(await pictureAt(path(), 1.3))) - 55)).toBeLessThanOrEqual(4);
    expect(Math.abs((await frameShownBy(await pictureAt(path(), 2.7))) - 42)).toBeLessThanOrEqual(8);
  });
});

test("what is on screen when a clip begins is on screen from its first moment, and late sound stays late", async () => {
  const dir = await scratchDir();
  // Slides: red from 0 s and blue from 2 s, one frame each; the sound begins at 1.5 s. Turned, as phones turn.
  const slides = await ffmpeg(
    ...["-f", "lavfi", "-i", "color=red:size=64x48:rate=1/2:duration=2"],
    ...["-f", "lavfi", "-i", "color=blue:size=64x48:rate=1/2:duration=2"],
    ...["-itsoffset", "1.5", ...lavfi("sine=duration=2:sample_rate=48000")],
    ...["-filter_complex", "[0][1]concat=n=2[v]", "-map", "[v]", "-map", "2:a", ...QUICK_H264, "-c:a", "aac"],
    `${dir}/slides.mp4`,
  );
  const turned = await ffmpeg("-i", slides, "-c", "copy", "-metadata:s:v", "rotate=90", `${dir}/turned.mp4`);
  const clips = [{ startOffsetSeconds: 1, endOffsetSeconds: 3 }];
  const { path } = await carryOut("edit", { clips, framesPerSecond: 10 }, turned);
  expect((await probe(path())).video).toMatchObject({ widthPx: 48, heightPx: 64, rotationDegrees: 0 });
  expect(await frameTimes(path())).toHaveLength(20);
  for (const seconds of [0, 0.9]) {
    expect(looksRed(await colourAt(await pictureAt(path(), seconds), 20, 20))).toBe(true);
  }
  expect(looksBlue(await colourAt(await pictureAt(path(), 1), 20, 20))).toBe(true);
  expect(await loudness(path(), 0, 0.45)).toBeLessThan(-60);
  expect(await loudness(path(), 0.55, 0.4)).toBeGreaterThan(-30);
});

test("a tone cut in three and joined again sounds as if it had not been", async () => {
  const dir = await scratchDir();
  const tone = await ffmpeg(...lavfi("sine=frequency=400:sample_rate=48000:duration=1.5"), `${dir}/tone.wav`);
  const film = await ffmpeg(
    ...["-i", tone, ...counting(45, 30_000 / 1001), ...QUICK_H264, "-c:a", "pcm_s16le", `${dir}/film.mov`],
  );
  // No whole number of samples is as long as a frame here.
  const cuts = [0, 7, 21, 44].map((frame) => (frame * 1001) / 30_000);
  const clips = cuts.slice(1).map((endOffsetSeconds, index) => ({ startOffsetSeconds: cuts[index], endOffsetSeconds }));
  const { path } = await carryOut("edit", { clips }, film);
  expect(await frameTimes(path())).toHaveLength(44);
  // A click would stand out where the tone itself is taken away.
  const rest = await ffmpeg("-i", path(), "-af", "highpass=f=6000,highpass=f=6000", "-vn", `${dir}/rest.wav`);
  expect(await loudness(rest, 0.1, 1.3)).toBeLessThan(-60);
});

test("an HDR clip beside an ordinary one is ordinary", async () => {
  const dir = await scratchDir();
  const tags = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"];
  const hdr = await ffmpeg(
    ...[...lavfi("color=gray:size=64x64:rate=10:duration=0.4"), "-pix_fmt", "yuv420p10le", "-c:v", "libx265"],
    ...["-preset", "ultrafast", "-x265-params", "log-level=error", ...tags, `${dir}/hdr.mp4`],
  );
  const old = await ffmpeg(
    ...[...lavfi("color=red:size=64x64:rate=10:duration=0.4"), "-vf", "scale=out_color_matrix=bt601:out_range=pc"],
    ...["-pix_fmt", "yuvj420p", "-c:v", "libx264", "-colorspace", "smpte170m", `${dir}/old.mp4`],
  );
  const { path } = await carryOut("edit", { clips: [{}, { mediaId: "old" }] }, hdr, { old: await named(old) });
  expect((await probe(path())).video).toMatchObject({
    dynamicRange: "sdr",
    pixelFormat: "yuv420p",
    colourMatrix: "bt709",
  });
  // Full-range BT.601 red is the same red.
  const [red, green, blue] = await colourAt(await pictureAt(path(), 0.6), 32, 32);
  expect(red).toBeGreaterThan(245);
  expect(Math.max(green, blue)).toBeLessThan(12);
});

test("sounds joined are a sound, and keep the rate and the channels they have in common", async () => {
  const dir = await scratchDir();
  const make = (hz: number, name: string) =>
    ffmpeg(...lavfi(`sine=frequency=${hz}:sample_rate=44100:duration=0.6`), "-ac", "2", `${dir}/${name}`);
  const [low, high] = await Promise.all([make(440, "low.mp3"), make(880, "high.wav")]);
  const clips = [{ endOffsetSeconds: 0.5 }, { mediaId: "high", startOffsetSeconds: 0.1 }];
  const { path, plan } = await carryOut("edit", { clips }, low, { high: await named(high) });
  expect(plan.outputs).toMatchObject([{ role: "audio", name: "audio.mp4" }]);
  const { video, audio, durationSeconds } = await probe(path());
  expect(video).toBeNull();
  expect(audio).toMatchObject([{ codec: "aac", channels: 2, sampleRateHz: 44_100 }]);
  expect(Math.abs(durationSeconds - 1)).toBeLessThan(0.06);
});
