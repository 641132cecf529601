/** Real clips for tests, made and probed by real ffmpeg. Never imported by the product. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import type { Failure } from "../error.ts";
import type { MediaInfo } from "../media.ts";
import type { Command } from "../plan.ts";
import type { Result } from "../result.ts";
import { argvOf } from "./argv.ts";
import { type KeyFrames, keyFramesArgs, parseKeyFrames } from "./key-frames.ts";
import { FFPROBE_ARGS, parseProbe } from "./probe.ts";

const run = promisify(execFile);

/** A folder that is gone after the test. */
export async function scratchDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "reelflow-clip-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs ffmpeg with these arguments, which name the output last, and answers with its path. */
export async function ffmpeg(...args: string[]): Promise<string> {
  await run("ffmpeg", ["-hide_banner", "-loglevel", "error", "-nostdin", "-y", ...args]);
  return args.at(-1) ?? "";
}

/** Starts ffmpeg exactly as the worker does; what it said on stderr. */
export async function runCommand(command: Command): Promise<string> {
  const { stderr } = await run("ffmpeg", argvOf(command), { maxBuffer: 16 * 1024 * 1024 });
  return stderr;
}

/** A lavfi picture source as input arguments: `testsrc2=size=320x180:rate=25:duration=1`. */
export function lavfi(source: string): string[] {
  return ["-f", "lavfi", "-i", source];
}

/** Fast settings for the sources of tests: their quality does not matter. */
export const QUICK_H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

export async function probeResult(path: string): Promise<Result<MediaInfo, Failure>> {
  const { size } = await stat(path);
  const { json, log } = await ffprobe([...FFPROBE_ARGS, path]);
  return parseProbe(json, size, log);
}

export async function probe(path: string): Promise<MediaInfo> {
  const result = await probeResult(path);
  if (!result.ok) throw new Error(`${path}: ${result.failure.code} ${result.failure.detail}`);
  return result.value;
}

export async function keyFramesOf(path: string, streamIndex: number): Promise<KeyFrames | null> {
  const { stdout } = await run("ffprobe", [...keyFramesArgs(streamIndex), path]);
  return parseKeyFrames(stdout);
}

async function ffprobe(args: readonly string[]): Promise<{ json: unknown; log: string }> {
  return new Promise((resolve) => {
    // ffprobe ends with 1 when it refuses a file, and still prints its JSON.
    execFile("ffprobe", args, { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      resolve({ json: stdout.trim() === "" ? null : JSON.parse(stdout), log: stderr });
    });
  });
}

/** Presentation times, in seconds, of the first video stream's frames. */
export async function frameTimes(path: string, onlyKeyFrames: "all" | "key" = "all"): Promise<number[]> {
  const { stdout } = await run(
    "ffprobe",
    [
      ...["-loglevel", "error", "-select_streams", "v:0", "-show_frames"],
      ...["-show_entries", "frame=pts_time,key_frame", "-print_format", "csv=p=0", path],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout
    .split("\n")
    .map((line) => line.split(","))
    .filter(([key]) => key === "1" || (key === "0" && onlyKeyFrames === "all"))
    .map(([, time]) => Number(time))
    .sort((a, b) => a - b);
}

/** The red, green and blue of one pixel, averaged over a square of 4 px to see past compression. */
export async function colourAt(path: string, xPx: number, yPx: number): Promise<[number, number, number]> {
  const { stdout } = await run(
    "ffmpeg",
    [
      ...["-loglevel", "error", "-i", path, "-frames:v", "1"],
      ...["-vf", `format=gbrp,crop=4:4:${xPx}:${yPx}:exact=1,scale=1:1:flags=area,format=rgb24`],
      ...["-f", "rawvideo", "pipe:1"],
    ],
    { encoding: "buffer" },
  );
  return [stdout[0] ?? -1, stdout[1] ?? -1, stdout[2] ?? -1];
}

/** The same of every frame, in order. */
export async function coloursAt(path: string, xPx: number, yPx: number): Promise<[number, number, number][]> {
  const { stdout } = await run(
    "ffmpeg",
    [
      ...["-loglevel", "error", "-i", path, "-fps_mode", "passthrough"],
      ...["-vf", `format=gbrp,crop=4:4:${xPx}:${yPx}:exact=1,scale=1:1:flags=area,format=rgb24`],
      ...["-f", "rawvideo", "pipe:1"],
    ],
    { encoding: "buffer" },
  );
  return Array.from({ length: stdout.length / 3 }, (_, frame) => {
    const part = (offset: number) => stdout[3 * frame + offset] ?? -1;
    return [part(0), part(1), part(2)];
  });
}

/** Each frame of a counting clip is a little brighter than the one before. */
const LUMA_STEP = 3;

/** A grey picture source whose frames say their number by their brightness; at most 70 frames. */
export function counting(frames: number, framesPerSecond = 25, size = "64x64"): string[] {
  const duration = frames / framesPerSecond;
  const luma = `geq=lum='16+${LUMA_STEP}*N':cb=128:cr=128`;
  return lavfi(`color=black:size=${size}:rate=${framesPerSecond}:duration=${duration},format=yuv420p,${luma}`);
}

/** Exact enough for `frameShownBy`. */
export const EXACT_H264 = [...QUICK_H264, "-crf", "4"];

/** The number of the frame of a counting clip that a picture shows at a place. */
export async function frameShownBy(path: string, xPx = 8, yPx = 8): Promise<number> {
  const [, green] = await colourAt(path, xPx, yPx);
  // ffmpeg's conversion to RGB loses a step or two of 255, never gains.
  return Math.round(((green + 1) * 219) / 255 / LUMA_STEP);
}

/** Left half red, right half blue: tells which way up a picture is. */
export function redLeftBlueRight(size: string, seconds = 0.4): string[] {
  return lavfi(`color=red:size=${size}:rate=25:duration=${seconds},drawbox=x=iw/2:w=iw/2:color=blue:thickness=fill`);
}

export function looksRed([red, green, blue]: [number, number, number]): boolean {
  return red > 180 && green < 90 && blue < 90;
}

export function looksBlue([red, green, blue]: [number, number, number]): boolean {
  return red < 90 && green < 90 && blue > 180;
}
