/** Contexts for planners, and a way to carry a plan out with real ffmpeg. Never imported by the product. */
import { createDecipheriv, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { declaredOutputs } from "../declared-outputs.ts";
import type { Failure } from "../error.ts";
import { keyFramesOf, probe, runCommand, scratchDir } from "../ffmpeg/test-media.ts";
import type { FinishedFiles } from "../manifest/finished-files.ts";
import { plannedText } from "../manifest/planned-text.ts";
import type { AudioStream, MediaInfo, VideoStream } from "../media.ts";
import { keyInfoText, segmentVector } from "../modifiers/encryption/encrypt.ts";
import type { ContentKeyPaths, DeclaredOutput, Plan, PlanContext } from "../plan.ts";
import type { ScratchFiles } from "../report/scratch-files.ts";
import type { Result } from "../result.ts";
import { continueOperation, needsKeyFrames, type Operation, operation, planOperation } from "./operation.ts";
import { cutCues } from "./subtitles/cut-cues.ts";

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
  colourMatrix: "bt709",
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

/** What opens segments, and the id that playlists name. */
export interface TestKey {
  id: string;
  bytes: Buffer;
}

async function placeKey(paths: ContentKeyPaths): Promise<TestKey> {
  const key = { id: "0123456789abcdef", bytes: randomBytes(16) };
  await writeFile(paths.path, key.bytes);
  await writeFile(paths.infoPath, keyInfoText(key.id, paths));
  return key;
}

/** A segment, or the beginning of one, as it was before. */
export function decrypt(segment: Uint8Array, key: TestKey, name: string, padding: "padded" | "cut"): Buffer {
  const decipher = createDecipheriv("aes-128-cbc", key.bytes, segmentVector(name)).setAutoPadding(padding === "padded");
  return Buffer.concat([decipher.update(segment), decipher.final()]);
}

function finishedFiles(dir: string, key: TestKey | null): FinishedFiles {
  return {
    text: (name) => readFile(join(dir, name), "utf8"),
    sizeOf: async (name) => (await stat(join(dir, name))).size,
    head: async (name, bytes) => {
      const head = (await readFile(join(dir, name))).subarray(0, bytes);
      return key === null ? head : decrypt(head, key, name, "cut");
    },
  };
}

function scratchFiles(dir: string): ScratchFiles {
  return {
    async *lines(name) {
      yield* (await readFile(join(dir, name), "utf8").catch(() => "")).split("\n");
    },
  };
}

async function carryOutPlan({ prepared = [], commands, files }: Plan, dir: string, key: TestKey | null): Promise<void> {
  for (const file of prepared) {
    if (!("text" in file)) throw new Error(`Only a worker draws ${file.path}`);
    await writeFile(file.path, file.text);
  }
  for (const command of commands) {
    const running = runCommand(command);
    await (command.mayFail ? running.catch(() => "") : running);
    for (const { path, ...stretch } of command.cues ?? [])
      await writeFile(path, cutCues(await readFile(path, "utf8"), stretch));
  }
  for (const file of files) await writeFile(join(dir, file.name), await plannedText(file, finishedFiles(dir, key)));
}

export interface Carried {
  plan: Plan;
  /** Those of the plan, and what became of its series. */
  outputs: DeclaredOutput[];
  dir: string;
  /** Null when nothing is encrypted. */
  key: TestKey | null;
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
  const parsed = operation.parse({ kind, params });
  const keyFrames = media.video && needsKeyFrames(parsed) ? await keyFramesOf(inputPath, media.video.index) : null;
  const context: PlanContext = { media, inputPath, outputDir: dir, scratchDir: scratch, files, keyFrames };
  const result = planOperation(parsed, context);
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  const plan = result.value;
  const key = plan.contentKey === undefined ? null : await placeKey(plan.contentKey);
  await carryOutPlan(plan, dir, key);
  const outputs = await declaredOutputs(plan, (path) => readFile(path, "utf8"));
  let whole = plan;
  if (plan.continues) {
    const next = await continueOperation(parsed, context, scratchFiles(scratch));
    await carryOutPlan(next, dir, null);
    outputs.push(...next.outputs);
    whole = { ...next, commands: [...plan.commands, ...next.commands], outputs };
  }
  const missing = [];
  for (const { name } of outputs.filter(({ mayBeMissing }) => !mayBeMissing)) {
    const size = await stat(join(dir, name)).then(
      (found) => found.size,
      () => 0,
    );
    if (size === 0) missing.push(name);
  }
  if (missing.length > 0) throw new Error(`Promised but not written: ${missing.join(", ")}`);
  const path = (index = 0) => join(dir, outputs[index]?.name ?? "");
  return { plan: whole, outputs, dir, key, path, names: (await readdir(dir)).sort() };
}
