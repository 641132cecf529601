/** Clips the journeys upload, made on the spot. */
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder of this run, which the set-up makes and removes. */
export function runFolder(): string {
  const folder = process.env.E2E_FOLDER;
  if (folder === undefined)
    throw new Error("The journeys start through playwright.config.ts, which starts the product.");
  return folder;
}

export async function makeClip(name: string, { seconds = 4, size = "640x360", filter = "null" } = {}): Promise<string> {
  const path = await placeFor(name);
  await run("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", `testsrc2=size=${size}:rate=25:duration=${seconds}`],
    ...["-f", "lavfi", "-i", `sine=frequency=440:duration=${seconds}`],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-vf", filter, "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"],
    ...["-f", "mp4", path],
  ]);
  return path;
}

/** A second of sound without a picture. */
export async function makeSound(name: string): Promise<string> {
  const path = await placeFor(name);
  await run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-c:a", "aac", path]);
  return path;
}

export async function makeFile(name: string, content: string | Uint8Array): Promise<string> {
  const path = await placeFor(name);
  await writeFile(path, content);
  return path;
}

async function placeFor(name: string): Promise<string> {
  const folder = join(runFolder(), "clips");
  await mkdir(folder, { recursive: true });
  return join(folder, name);
}

export interface Probed {
  format: { duration?: string; format_name: string };
  streams: { codec_type: string; codec_name: string; width?: number; height?: number }[];
}

/** What ffprobe says of a file that was downloaded. */
export async function probeFile(path: string): Promise<Probed> {
  const { stdout } = await run("ffprobe", ["-v", "error", "-show_format", "-show_streams", "-of", "json", path]);
  return JSON.parse(stdout) as Probed;
}
