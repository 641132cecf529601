/** Clips that tests work on, made by ffmpeg itself. Never imported by the product. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Command } from "#domain/plan.ts";

const execute = promisify(execFile);

export interface TestFolder {
  path: string;
  remove: () => Promise<void>;
}

export async function makeTestFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), "reelflow-clips-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A moving picture with a tone, small and quick to make. */
export async function makeClip(path: string, { seconds = 2, size = "320x180", format = "mp4" } = {}): Promise<string> {
  const picture = ["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=25:duration=${seconds}`];
  const tone = ["-f", "lavfi", "-i", `sine=frequency=440:duration=${seconds}`];
  const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"];
  await makeWith([...picture, ...tone, ...codecs, "-f", format], path);
  return path;
}

export async function makeWith(args: readonly string[], path: string): Promise<void> {
  await execute("ffmpeg", ["-nostdin", "-v", "error", ...args, "-y", path]);
}

/** A transcode of `inputPath` that takes as long as its video lasts, however fast the machine. */
export function realTimeCommand(inputPath: string, outputPath: string, expectedSeconds: number): Command {
  return {
    inputs: [{ path: inputPath, options: ["-re"] }],
    globals: [],
    outputs: [{ path: outputPath, options: ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"] }],
    expectedSeconds,
  };
}

/** Whether a process of that id is there and not merely waiting to be reaped. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    const { stdout } = await execute("ps", ["-o", "stat=", "-p", String(pid)]);
    return !stdout.trim().startsWith("Z");
  } catch {
    return false;
  }
}
