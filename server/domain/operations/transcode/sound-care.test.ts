/** What care does to a sound, measured on the result. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { counting, ffmpeg, lavfi, probe, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { carryOut } from "../test-plans.ts";

const run = promisify(execFile);

/** The last value that a measuring filter found. */
async function measured(path: string, filters: string, key: string): Promise<number> {
  const print = `ametadata=mode=print:key=${key}:file=-`;
  const args = ["-loglevel", "error", "-i", path, "-vn", "-af", `${filters},${print}`, "-f", "null", "-"];
  const { stdout } = await run("ffmpeg", args, { maxBuffer: 16 * 1024 * 1024 });
  return Number(stdout.trim().split("=").at(-1));
}

function loudnessOf(path: string): Promise<number> {
  return measured(path, "ebur128=metadata=1", "lavfi.r128.I");
}

/** Quiet, and now and then half as quiet. */
const QUIET = lavfi(
  "anoisesrc=color=pink:duration=8:amplitude=0.05:sample_rate=44100:seed=1,volume='if(lt(mod(t,2),1),1,0.5)':eval=frame",
);

test.each([-16, -23])("a quiet film is heard at %i LUFS, at the sample rate of its source", async (target) => {
  const dir = await scratchDir();
  const film = await ffmpeg(...counting(4), ...QUIET, ...QUICK_H264, "-c:a", "aac", `${dir}/film.mp4`);
  expect(await loudnessOf(film)).toBeLessThan(-30);
  const audio = { loudness: "ebu-r128", loudnessTargetLufs: target };
  const { path } = await carryOut("transcode", { audio }, film);
  expect(Math.abs((await loudnessOf(path())) - target)).toBeLessThan(1.5);
  expect((await probe(path())).audio).toMatchObject([{ sampleRateHz: 44_100, channels: 2 }]);
});

test.each([
  ["wav", 16_000, 16_000],
  ["mp3", 0, 44_100],
  ["ogg", 0, 48_000],
])("a song in %s is heard at the asked loudness (rate %i)", async (container, sampleRateHz, rate) => {
  const dir = await scratchDir();
  const song = await ffmpeg(...QUIET, `${dir}/song.wav`);
  const { path } = await carryOut("audio", { container, sampleRateHz, loudness: "ebu-r128" }, song);
  expect(Math.abs((await loudnessOf(path())) + 16)).toBeLessThan(1.5);
  expect((await probe(path())).audio).toMatchObject([{ sampleRateHz: rate }]);
});

test("the noise of pauses falls, and the tones between them stay", async () => {
  const dir = await scratchDir();
  const tones = "sine=frequency=440:duration=6:sample_rate=44100,volume='if(lt(mod(t,2),1),1,0)':eval=frame";
  const speech = await ffmpeg(
    ...[...lavfi(tones), ...lavfi("anoisesrc=color=white:duration=6:amplitude=0.01:sample_rate=44100:seed=2")],
    ...["-filter_complex", "amix=normalize=0", `${dir}/speech.wav`],
  );
  const levels = [];
  for (const denoise of ["off", "light", "strong"]) {
    const { path } = await carryOut("audio", { container: "wav", denoise }, speech);
    const level = (from: number, to: number) =>
      measured(path(), `atrim=${from}:${to},astats=metadata=1`, "lavfi.astats.Overall.RMS_level");
    levels.push({ pause: await level(5.2, 5.8), tone: await level(4.2, 4.8) });
  }
  const [off, light, strong] = levels;
  expect((off?.pause ?? 0) - (light?.pause ?? 0)).toBeGreaterThan(8);
  expect((light?.pause ?? 0) - (strong?.pause ?? 0)).toBeGreaterThan(8);
  for (const { tone } of levels) expect(Math.abs(tone - (off?.tone ?? 0))).toBeLessThan(0.5);
});

test("gain is what it says, and what would be too loud stays below full", async () => {
  const dir = await scratchDir();
  const tone = await ffmpeg(...lavfi("sine=duration=0.5:sample_rate=44100,volume=8"), `${dir}/tone.wav`);
  const peakOf = (path: string) => measured(path, "atrim=0.1:0.4,astats=metadata=1", "lavfi.astats.Overall.Peak_level");
  const original = await peakOf(tone);
  for (const [gainDb, peak] of [
    [-12, original - 12],
    [30, 20 * Math.log10(0.9)],
  ] as const) {
    const { path } = await carryOut("audio", { container: "wav", channels: 0, gainDb }, tone);
    expect(Math.abs((await peakOf(path())) - peak), String(gainDb)).toBeLessThan(0.3);
  }
});
