import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { colourAt, ffmpeg, probe, scratchDir } from "../../ffmpeg/test-media.ts";
import { type Report, report } from "../../report/report.ts";
import { carryOut } from "../test-plans.ts";
import { cleanClip, FAULTS, faultyClip } from "./test-clips.ts";

/** Half a second of anything counts. */
const SHORT = { minSeconds: 0.5 };
const STRICT = { black: SHORT, frozen: SHORT, interlacing: SHORT, blur: SHORT, blockiness: SHORT, silent: SHORT };

async function inspect(clip: string, params: object = {}): Promise<{ read: Report; names: string[]; dir: string }> {
  const { path, names, dir } = await carryOut("inspection", params, clip);
  return { read: report.parse(JSON.parse(await readFile(path(), "utf8"))), names, dir };
}

test("a second of each fault is found where it is, with a picture of it, and nothing else is", async () => {
  const dir = await scratchDir();
  const { read, names, dir: out } = await inspect(await faultyClip(`${dir}/faulty.mov`), STRICT);
  expect(read.verdict).toBe("warnings");
  expect(read.findings.map(({ check }) => check).sort()).toEqual(Object.keys(FAULTS).sort());
  for (const { check, startSeconds, endSeconds, severity } of read.findings) {
    const [, start = -1] = Object.entries(FAULTS).find(([name]) => name === check) ?? [];
    expect(Math.abs(startSeconds - start), `${check} from ${startSeconds}`).toBeLessThanOrEqual(0.2);
    expect(Math.abs(endSeconds - start - 1), `${check} to ${endSeconds}`).toBeLessThanOrEqual(0.2);
    expect(severity).toBe("warning");
  }
  const seen = read.findings.filter(({ thumbnail }) => thumbnail !== null);
  expect(seen.map(({ check }) => check)).toEqual(["black", "frozen", "blur", "blockiness", "interlacing"]);
  expect(names).toEqual([...seen.map(({ thumbnail }) => thumbnail), "report.json"]);
  expect((await probe(`${out}/${seen[0]?.thumbnail}`)).video).toMatchObject({ widthPx: 320, heightPx: 180 });
  expect(await colourAt(`${out}/${seen[0]?.thumbnail}`, 160, 90)).toEqual([0, 0, 0]);
  const clipping = read.findings.find(({ check }) => check === "clipping");
  expect(clipping).toMatchObject({ threshold: 1.5, stream: 1, measured: expect.closeTo(0, 1) });
  expect(read.measures).toMatchObject({ truePeakDbtp: expect.any(Number), loudnessLufs: expect.any(Number) });
});

test("a clean clip passes, even when looked at closely, and is measured", async () => {
  const dir = await scratchDir();
  const { read, names } = await inspect(await cleanClip(`${dir}/clean.mov`), STRICT);
  expect(read).toMatchObject({ verdict: "passed", findings: [], durationSeconds: 2, findingsLeftOut: 0 });
  expect(names).toEqual(["report.json"]);
  expect(read.streams).toMatchObject([
    { index: 0, type: "video", codec: "h264", frames: 50, decodedSeconds: 2, declaredSeconds: 2 },
    { index: 1, type: "audio", decodedSeconds: 2 },
  ]);
  // A sine of an eighth of full scale.
  expect(read.measures.truePeakDbtp).toBeCloseTo(-18.06, 0);
  expect(read.measures.loudnessLufs).toBeCloseTo(-21.8, 0);
  expect(read.measures.interlacedPercent ?? 0).toBe(0);
});

test("sound that ends long before the picture is a wrong duration; sound alone is listened to", async () => {
  const dir = await scratchDir();
  const whole = await cleanClip(`${dir}/whole.mov`);
  const sound = await ffmpeg("-i", whole, "-vn", "-t", "1", `${dir}/sound.wav`);
  const both = ["-i", whole, "-i", sound, "-map", "0:v", "-map", "1:a", "-c", "copy"];
  const { read } = await inspect(await ffmpeg(...both, `${dir}/short.mov`));
  expect(read.verdict).toBe("failed");
  expect(read.findings).toEqual([
    {
      ...{ check: "duration", severity: "error", stream: 1, thumbnail: null },
      ...{ startSeconds: 1, endSeconds: 2, measured: 1, threshold: 0.5 },
    },
  ]);
  const cut = await ffmpeg(
    "-i",
    sound,
    "-af",
    "volume=40dB,aformat=s16",
    "-c:a",
    "aac",
    "-b:a",
    "128k",
    `${dir}/cut.m4a`,
  );
  expect((await inspect(cut)).read.findings).toMatchObject([{ check: "clipping", severity: "error", stream: 0 }]);
  expect((await inspect(sound)).read).toMatchObject({
    ...{ verdict: "passed", checks: ["duration", "silent", "clipping"] },
    measures: { blur: null, truePeakDbtp: expect.any(Number) },
  });
});

test("of a stretch, what is inside is found at the seconds of the source, and what is outside is not", async () => {
  const dir = await scratchDir();
  const film = await faultyClip(`${dir}/faulty.mov`);
  const stream = await ffmpeg("-i", film, "-c:v", "copy", "-c:a", "aac", `${dir}/faulty.ts`);
  // From amid what is frozen to amid what is blocky.
  const offsets = { startOffsetSeconds: 3.4, endOffsetSeconds: 7.6 };
  const wanted = { frozen: [3.4, 4], blur: [5, 6], blockiness: [7, 7.6], clipping: [3.4, 4] };
  for (const clip of [film, stream]) {
    const { read, dir: out } = await inspect(clip, { ...STRICT, ...offsets });
    expect(read).toMatchObject({ verdict: "warnings", stretch: { startSeconds: 3.4, endSeconds: 7.6 } });
    const found = Object.fromEntries(read.findings.map((one) => [one.check, [one.startSeconds, one.endSeconds]]));
    expect(Object.keys(found).sort(), clip).toEqual(Object.keys(wanted).sort());
    for (const [check, [start = 0, end = 0]] of Object.entries(wanted)) {
      expect(Math.abs((found[check]?.[0] ?? -1) - start), `${check} from ${found[check]?.[0]}`).toBeLessThanOrEqual(
        0.2,
      );
      expect(Math.abs((found[check]?.[1] ?? -1) - end), `${check} to ${found[check]?.[1]}`).toBeLessThanOrEqual(0.2);
    }
    for (const { decodedSeconds } of read.streams) expect(decodedSeconds).toBeCloseTo(7.6, 1);
    expect(read.streams[0]?.frames).toBe(105);
    const blur = read.findings.find(({ check }) => check === "blur");
    expect((await probe(`${out}/${blur?.thumbnail}`)).video).toMatchObject({ widthPx: 320 });
  }
});

test("a sound that ends within a stretch, or before it, is missing for the rest of it", async () => {
  const dir = await scratchDir();
  const whole = await cleanClip(`${dir}/whole.mov`, 4);
  const sound = await ffmpeg("-i", whole, "-vn", "-t", "2", `${dir}/sound.wav`);
  const both = ["-i", whole, "-i", sound, "-map", "0:v", "-map", "1:a", "-c", "copy"];
  const short = await ffmpeg(...both, `${dir}/short.mov`);
  expect((await inspect(short, { endOffsetSeconds: 1.5 })).read.findings).toEqual([]);
  expect((await inspect(short, { startOffsetSeconds: 2.5 })).read.findings).toMatchObject([
    { check: "duration", stream: 1, startSeconds: 2.5, endSeconds: 4, measured: 1.5 },
  ]);
  expect((await inspect(short, { startOffsetSeconds: 1, endOffsetSeconds: 3 })).read.findings).toMatchObject([
    { check: "duration", stream: 1, startSeconds: 2, endSeconds: 3, measured: 1 },
  ]);
});
