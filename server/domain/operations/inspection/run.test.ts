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
