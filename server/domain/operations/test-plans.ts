/** Contexts for planners, and a way to carry a plan out with real ffmpeg. Never imported by the product. */
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "../error.ts";
import { probe, runCommand, scratchDir } from "../ffmpeg/test-media.ts";
import type { FinishedFiles } from "../manifest/finished-files.ts";
import { plannedText } from "../manifest/planned-text.ts";
import type { AudioStream, MediaInfo, VideoStream } from "../media.ts";
import type { Plan, PlanContext } from "../plan.ts";
import type { Result } from "../result.ts";
import { type Operation, operation, planOperation } from "./operation.ts";

export const A_VIDEO: VideoStream = {
  index: 0,
  codec: "h264",
  profile: "High",
  codecTag: "avc1",
  pixelFormat: "yuv420p",
  widthPx: 1920,
  heightPx: 1080,
  sampleAspectRatio: 1,
  rotationDegrees: 0,
  framesPerSecond: 25,
  variableFrameRate: false,
  bitrateBps: 4_000_000,
  durationSeconds: 25,
  dynamicRange: "sdr",
  interlaced: false,
  language: null,
};

export const AN_AUDIO: AudioStream = {
  index: 1,
  codec: "aac",
  channels: 2,
  sampleRateHz: 48_000,
  bitrateBps: 128_000,
  durationSeconds: 25,
  language: null,
  title: null,
  isDefault: true,
};

export function aContext(media: Partial<MediaInfo> = {}): PlanContext {
  return {
    media: {
      formatName: "mov,mp4,m4a,3gp,3g2,mj2",
      durationSeconds: 25,
      sizeBytes: 12_900_000,
      bitrateBps: 4_128_000,
      video: A_VIDEO,
      audio: [AN_AUDIO],
      subtitles: [],
      attachedPictureIndex: null,
      ...media,
    },
    inputPath: "/run/source",
    outputDir: "/run/out",
    scratchDir: "/run/scratch",
    files: {},
  };
}

export function planOf(kind: Operation["kind"], params: object, context: PlanContext): Result<Plan, Failure> {
  return planOperation(operation.parse({ kind, params }), context);
}

/** The only command of a plan that has one. */
export function onlyCommandOf(result: Result<Plan, Failure>): Plan["commands"][number] {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  const [command, ...more] = result.value.commands;
  if (command === undefined || more.length > 0) throw new Error(`${result.value.commands.length} commands`);
  return command;
}

function finishedFiles(dir: string): FinishedFiles {
  return {
    text: (name) => readFile(join(dir, name), "utf8"),
    sizeOf: async (name) => (await stat(join(dir, name))).size,
    head: async (name, bytes) => (await readFile(join(dir, name))).subarray(0, bytes),
  };
}

export interface Carried {
  plan: Plan;
  dir: string;
  /** Full path of the n-th declared output. */
  path: (index?: number) => string;
  /** Names of everything that was written. */
  names: string[];
}

/** Probes a clip, plans an operation on it and carries the plan out, as a worker would. */
export async function carryOut(
  kind: Operation["kind"],
  params: object,
  inputPath: string,
  files: PlanContext["files"] = {},
): Promise<Carried> {
  const base = await scratchDir();
  // A percent sign in a folder's name must not be taken for a number pattern.
  const dir = join(base, "100% out");
  const scratch = join(base, "scratch");
  await Promise.all([mkdir(dir), mkdir(scratch)]);
  const media = await probe(inputPath);
  const result = planOf(kind, params, { media, inputPath, outputDir: dir, scratchDir: scratch, files });
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  const plan = result.value;
  for (const file of plan.prepared ?? []) {
    if (!("text" in file)) throw new Error(`Only a worker draws ${file.path}`);
    await writeFile(file.path, file.text);
  }
  for (const command of plan.commands) await runCommand(command);
  for (const file of plan.files) await writeFile(join(dir, file.name), await plannedText(file, finishedFiles(dir)));
  const missing = [];
  for (const { name } of plan.outputs) {
    const size = await stat(join(dir, name)).then(
      (found) => found.size,
      () => 0,
    );
    if (size === 0) missing.push(name);
  }
  if (missing.length > 0) throw new Error(`Promised but not written: ${missing.join(", ")}`);
  const path = (index = 0) => join(dir, plan.outputs[index]?.name ?? "");
  return { plan, dir, path, names: (await readdir(dir)).sort() };
}
