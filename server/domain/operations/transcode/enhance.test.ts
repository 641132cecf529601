/** What enhancing does to a picture, measured on the result. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ffmpeg, frameTimes, lavfi, probe, QUICK_H264, scratchDir } from "../../ffmpeg/test-media.ts";
import { carryOut } from "../test-plans.ts";

const run = promisify(execFile);
const SIZE = 64;

/** Lossless, so that what is measured is the filters' work. */
async function clipOf(source: string, seconds = 0.4): Promise<string> {
  const dir = await scratchDir();
  const picture = source.replace("SIZE", `size=${SIZE}x${SIZE}:rate=25:duration=${seconds}`);
  return ffmpeg(...lavfi(picture), ...QUICK_H264, "-qp", "0", `${dir}/clip.mp4`);
}

/** Brightness of every pixel of the fifth frame. */
async function lumaOf(path: string): Promise<number[]> {
  const args = ["-loglevel", "error", "-i", path, "-vf", "select=eq(n\\,4),extractplanes=y", "-frames:v", "1"];
  const { stdout } = await run("ffmpeg", [...args, "-f", "rawvideo", "pipe:1"], { encoding: "buffer" });
  return [...stdout];
}

async function enhanced(clip: string, enhance: object): Promise<string> {
  return (await carryOut("transcode", { video: { enhance, rateMode: "crf", crf: 1 } }, clip)).path();
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of one of signalstats' measures. */
async function statisticOf(path: string, key: string): Promise<number> {
  const filters = `signalstats,metadata=mode=print:key=lavfi.signalstats.${key}:file=-`;
  const { stdout } = await run("ffmpeg", ["-loglevel", "error", "-i", path, "-vf", filters, "-f", "null", "-"]);
  return meanOf([...stdout.matchAll(/=([\d.]+)$/gm)].map(([, value]) => Number(value)));
}

test("the stronger noise is fought, the less of it is left", async () => {
  const clip = await clipOf("color=gray:SIZE,format=yuv420p,noise=alls=8:allf=t:all_seed=1");
  const variances = [];
  for (const denoise of ["off", "light", "medium", "strong"]) {
    const luma = await lumaOf(await enhanced(clip, { denoise }));
    const mean = meanOf(luma);
    variances.push(meanOf(luma.map((value) => (value - mean) ** 2)));
  }
  expect(variances).toEqual(variances.toSorted((a, b) => b - a));
  expect(variances[3]).toBeLessThan((variances[0] ?? 0) / 2);
});

test("the more a soft edge is sharpened, the steeper it is", async () => {
  const clip = await clipOf("color=0x404040:SIZE,drawbox=x=iw/2:w=iw/2:color=0xa0a0a0:thickness=fill,gblur=sigma=2");
  const steepness = [];
  for (const sharpen of [0, 50, 100]) {
    const row = (await lumaOf(await enhanced(clip, { sharpen }))).slice(SIZE * 32, SIZE * 33);
    steepness.push(Math.max(...row.slice(1).map((value, index) => Math.abs(value - (row[index] ?? 0)))));
  }
  expect(steepness).toEqual(steepness.toSorted((a, b) => a - b));
  expect(steepness[2]).toBeGreaterThan(1.2 * (steepness[0] ?? 0));
});

test("brightness, contrast, gamma and saturation move where they are turned to", async () => {
  const clip = await clipOf("color=0x6080a0:SIZE,drawbox=x=iw/2:w=iw/2:color=0x304050:thickness=fill");
  const spread = async (path: string) => (await statisticOf(path, "YMAX")) - (await statisticOf(path, "YMIN"));
  const plain = await enhanced(clip, {});
  const luma = await statisticOf(plain, "YAVG");
  expect((await statisticOf(await enhanced(clip, { brightness: 20 }), "YAVG")) - luma).toBeCloseTo(0.2 * 255, -1);
  expect((await statisticOf(await enhanced(clip, { brightness: -20 }), "YAVG")) - luma).toBeLessThan(-30);
  expect((await spread(await enhanced(clip, { contrast: 150 }))) / (await spread(plain))).toBeCloseTo(1.5, 0);
  expect(await statisticOf(await enhanced(clip, { gamma: 2 }), "YAVG")).toBeGreaterThan(luma + 20);
  const saturation = await statisticOf(plain, "SATAVG");
  expect((await statisticOf(await enhanced(clip, { saturation: 200 }), "SATAVG")) / saturation).toBeCloseTo(2, 0);
  expect(await statisticOf(await enhanced(clip, { saturation: 0 }), "SATAVG")).toBeLessThan(2);
});

test("bars stay black beside a brightened picture", async () => {
  const clip = await clipOf("color=gray:SIZE");
  const video = { widthPx: 128, heightPx: 64, enhance: { brightness: 30 } };
  const { path } = await carryOut("transcode", { video }, clip);
  expect(await statisticOf(path(), "YMIN")).toBeLessThan(20);
});

test("twice the frames in the same time, evenly spaced", async () => {
  const clip = await clipOf("testsrc2=SIZE", 1);
  const path = await enhanced(clip, { interpolateTo: 50 });
  const times = await frameTimes(path);
  expect(Math.abs(times.length - 50)).toBeLessThanOrEqual(1);
  expect(times.slice(0, 4)).toEqual([0, 0.02, 0.04, 0.06]);
  expect((await probe(path)).video?.framesPerSecond).toBeCloseTo(50, 0);
});

test("fields that are not marked are made whole frames where that is asked for", async () => {
  // Every other line comes from another moment, and the next frame has it the other way round.
  const clip = await clipOf("color=black:SIZE,geq=lum='if(mod(Y+N,2),40,200)':cb=128:cr=128");
  const combing = async (path: string) => {
    const luma = await lumaOf(path);
    return Math.abs((luma[SIZE * 32] ?? 0) - (luma[SIZE * 33] ?? 0));
  };
  expect(await combing(await enhanced(clip, { deinterlace: "never" }))).toBeGreaterThan(100);
  expect(await combing(await enhanced(clip, { deinterlace: "always" }))).toBeLessThan(20);
});
