import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { ffmpeg, lavfi, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { type Report, report } from "../../report/report.ts";
import { carryOut } from "../test-plans.ts";

async function check(clip: string, offsets: object = {}): Promise<{ read: Report; names: string[] }> {
  const { path, names } = await carryOut("health-check", offsets, clip);
  return { read: report.parse(JSON.parse(await readFile(path(), "utf8"))), names };
}

/** Four seconds, a key frame in each, with the index at the front: what is cut off behind it is not known to be missing. */
function aFilm(path: string, ...more: string[]): Promise<string> {
  return ffmpeg(
    ...[...lavfi("testsrc2=size=320x180:rate=25:duration=4"), ...lavfi("sine=duration=4")],
    ...[...QUICK_H264, "-g", "25", "-c:a", "aac", "-movflags", "+faststart", ...more, path],
  );
}

/** Turns over bits of the packet that lies nearest to a share of the file. */
async function damaged(path: string, from: string, share: number, bytes: number): Promise<string> {
  const data = await readFile(from);
  const start = Math.round(share * data.length);
  for (let at = start; at < start + bytes; at++) data[at] = (data[at] ?? 0) ^ 0x5a;
  await writeFile(path, data);
  return path;
}

test("whole files are healthy, from containers that know their frames and from those that do not", async () => {
  const dir = await scratchDir();
  const film = await aFilm(`${dir}/film.mp4`);
  const { read, names } = await check(film);
  expect(read).toMatchObject({ kind: "health-check", verdict: "passed", findings: [], durationSeconds: 4 });
  expect(read.streams).toMatchObject([
    { index: 0, type: "video", packets: 100, frames: 100, declaredSeconds: 4, decodedSeconds: 4 },
    { index: 1, type: "audio", codec: "aac" },
  ]);
  expect(names).toEqual(["report.json"]);
  for (const ending of ["ts", "mkv", "flv"]) {
    const copy = await ffmpeg("-i", film, "-c", "copy", `${dir}/copy.${ending}`);
    expect((await check(copy)).read, ending).toMatchObject({ verdict: "passed", findings: [] });
  }
  // Those whose decoders swallow the beginning, or have packets of no frame.
  for (const ending of ["opus", "mp3", "wma"]) {
    const sound = await ffmpeg("-i", film, "-vn", "-t", "1", `${dir}/sound.${ending}`);
    expect((await check(sound)).read, ending).toMatchObject({ verdict: "passed", findings: [] });
  }
});

test("bytes that were changed are found where they are, with a picture of the place", async () => {
  const dir = await scratchDir();
  // Without sound, so that it is the picture that is hit; at half of the file it is about half past.
  const film = await aFilm(`${dir}/film.mp4`, "-an");
  const { read, names } = await check(await damaged(`${dir}/damaged.mp4`, film, 0.5, 300));
  expect(read.verdict).toBe("failed");
  expect(read.findings).toMatchObject([{ check: "damage", severity: "error", stream: 0 }]);
  expect(read.findings[0]?.startSeconds).toBeGreaterThan(1.5);
  expect(read.findings[0]?.endSeconds).toBeLessThan(2.5);
  expect(names).toEqual(["finding-001.jpg", "report.json"]);
  expect(read.streams[0]?.frames).toBeLessThan(100);

  const sound = await ffmpeg(...lavfi("sine=duration=4"), "-c:a", "flac", `${dir}/sound.flac`);
  const hoarse = await check(await damaged(`${dir}/hoarse.flac`, sound, 0.75, 40));
  expect(hoarse.read).toMatchObject({ verdict: "failed", findings: [{ check: "damage", stream: 0, thumbnail: null }] });
  expect(hoarse.read.findings[0]?.startSeconds).toBeGreaterThan(2);
});

test("a file that was cut off ends before its time", async () => {
  const dir = await scratchDir();
  const film = await aFilm(`${dir}/film.mp4`);
  const data = await readFile(film);
  await writeFile(`${dir}/cut.mp4`, data.subarray(0, Math.round(0.6 * data.length)));
  const { read } = await check(`${dir}/cut.mp4`);
  expect(read.verdict).toBe("failed");
  const durations = read.findings.filter(({ check }) => check === "duration");
  expect(durations.map(({ stream }) => stream).sort()).toEqual([0, 1]);
  for (const { startSeconds, endSeconds, measured } of durations) {
    expect(endSeconds).toBeCloseTo(4, 1);
    expect(startSeconds).toBeCloseTo(4 - (measured ?? 0), 1);
    expect(startSeconds).toBeLessThan(3);
  }
});

test("time without frames is a gap, and a stream that cannot be decoded at all is damaged, but checked", async () => {
  const dir = await scratchDir();
  const holed = await ffmpeg(
    ...[...lavfi("testsrc2=size=64x64:rate=25:duration=4"), "-vf", "select='not(between(t,1,2.5))'"],
    ...["-fps_mode", "vfr", ...QUICK_H264, "-bf", "0", `${dir}/holed.mkv`],
  );
  expect((await check(holed)).read).toMatchObject({
    verdict: "warnings",
    findings: [
      { check: "gap", severity: "warning", startSeconds: expect.closeTo(1, 1), endSeconds: expect.closeTo(2.52, 1) },
    ],
  });

  const data = await readFile(await aFilm(`${dir}/film.mp4`, "-an"));
  // All of the media itself, which lies behind its name.
  data.fill(0x5a, data.indexOf("mdat") + 4);
  await writeFile(`${dir}/noise.mp4`, data);
  const { read } = await check(`${dir}/noise.mp4`);
  expect(read.streams).toMatchObject([{ packets: 100, frames: 0 }]);
  expect(read.findings).toMatchObject([
    { check: "damage", startSeconds: 0, endSeconds: 4, measured: 100 },
    { check: "duration", startSeconds: 0, endSeconds: 4, measured: 4 },
  ]);
});

test("of a stretch, damage counts where it is inside, at the seconds of the source", async () => {
  const dir = await scratchDir();
  const film = await aFilm(`${dir}/film.mp4`, "-an");
  const hit = await damaged(`${dir}/damaged.mp4`, film, 0.5, 300);
  const { read: all } = await check(hit);
  const [inside, before, after] = [
    { startOffsetSeconds: 1.3, endOffsetSeconds: 2.7 },
    { endOffsetSeconds: 1.4 },
    { startOffsetPercent: 76 },
  ];
  const { read } = await check(hit, inside);
  expect(read.findings).toMatchObject([
    { check: "damage", startSeconds: expect.closeTo(all.findings[0]?.startSeconds ?? -1, 2) },
  ]);
  expect(read).toMatchObject({ stretch: { startSeconds: 1.3, endSeconds: 2.7 }, streams: [{ packets: 35 }] });
  for (const offsets of [before, after]) expect((await check(hit, offsets)).read).toMatchObject({ verdict: "passed" });
});

test("a healthy stretch is healthy wherever it begins, from containers with an index and from those without", async () => {
  const dir = await scratchDir();
  const film = await aFilm(`${dir}/film.mp4`, "-preset", "medium", "-bf", "3", "-g", "50");
  for (const ending of ["mp4", "ts", "mkv", "flv"]) {
    const copy = ending === "mp4" ? film : await ffmpeg("-i", film, "-c", "copy", `${dir}/copy.${ending}`);
    for (const [startOffsetSeconds, endOffsetSeconds] of [
      [1.03, 2.51],
      [2, 3],
      [0, 1.5],
      [3.1, 0],
    ] as const) {
      const { read } = await check(copy, { startOffsetSeconds, endOffsetSeconds });
      expect(read, `${ending} from ${startOffsetSeconds}`).toMatchObject({ verdict: "passed", findings: [] });
      for (const { frames } of read.streams) expect(frames).toBeGreaterThan(20);
    }
  }
});
