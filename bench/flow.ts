import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { argvOf } from "#domain/ffmpeg/argv.ts";
import { planOperation } from "#domain/operations/operation.ts";
import { presetTemplate } from "#domain/presets/templates.ts";
import { expandSteps, type Step } from "#domain/procedure.ts";
import { createTask } from "#server/tasks/create-task.ts";
import type { BenchClip } from "./clip.ts";
import { type BenchSystem, until } from "./system.ts";

const TASK_LIMIT_MS = 600_000;
/** The database notes when a task ended, so looking later loses nothing. */
const LOOK_EVERY_MS = 500;
const ENCODER_LIMIT_MS = 30_000;
const recorded = z.array(z.array(z.string()).min(1));

export async function startTask(system: BenchSystem, mediaId: string, steps: Step[]): Promise<string> {
  const created = await createTask(system.db, { applicationId: 1, mediaId, steps, startedBy: "console" });
  if (!created.ok) throw new Error(`${created.failure.code}: ${created.failure.detail}`);
  return created.value.taskId;
}

/** Runs the task to its end; answers the seconds from its first run's start to its end. */
export async function runTask(
  system: BenchSystem,
  mediaId: string,
  steps: Step[],
): Promise<{ taskId: string; seconds: number }> {
  const taskId = await startTask(system, mediaId, steps);
  await until(
    async () => (await system.db.task.findUniqueOrThrow({ where: { id: taskId } })).endedAt !== null,
    TASK_LIMIT_MS,
    LOOK_EVERY_MS,
  );
  const task = await system.db.task.findUniqueOrThrow({ where: { id: taskId } });
  if (task.state !== "succeeded" || task.startedAt === null || task.endedAt === null) {
    throw new Error(`The task ended as ${task.state}.`);
  }
  return { taskId, seconds: (task.endedAt.getTime() - task.startedAt.getTime()) / 1000 };
}

/** The very commands a task ran, program first. */
export async function commandsOf(system: BenchSystem, taskId: string): Promise<string[][]> {
  const runs = await system.db.run.findMany({ where: { taskId }, orderBy: { createdAt: "asc" } });
  return runs.flatMap((run) => recorded.parse(run.commands));
}

/** Runs the commands one after another without the product; answers the seconds all of them took. */
export async function runBare(system: BenchSystem, commands: string[][]): Promise<number> {
  const folder = await mkdtemp(join(system.folder, "bare-"));
  const scratch = join(system.folder, "scratch");
  const started = performance.now();
  for (const [program, ...args] of commands) {
    if (program === undefined) throw new Error("An empty command.");
    // What the product wrote into its scratch folder goes into one of ours, under the same name.
    const ours = args.map((arg) => (arg.startsWith(scratch) ? join(folder, arg.slice(arg.lastIndexOf("/") + 1)) : arg));
    const bare = spawn("nice", ["-n", "5", program, ...ours], { stdio: "ignore" });
    const [code] = await once(bare, "exit");
    if (code !== 0) throw new Error(`${program} ended with ${code}.`);
  }
  const seconds = (performance.now() - started) / 1000;
  await rm(folder, { recursive: true });
  return seconds;
}

/** The commands of each step by itself, as they are where nothing is shared. */
export async function commandsApart(system: BenchSystem, clip: BenchClip, steps: Step[]): Promise<string[][]> {
  const drafts = expandSteps(steps, presetTemplate);
  if (!drafts.ok) throw new Error(drafts.failure.detail);
  const commands: string[][] = [];
  for (const [index, { operation }] of drafts.value.entries()) {
    if (operation === null) throw new Error(`Step ${index} names no preset.`);
    const outputDir = await mkdtemp(join(system.folder, "apart-"));
    const context = { media: clip.info, inputPath: clip.path, outputDir, scratchDir: outputDir, files: {} };
    const plan = planOperation(operation, context);
    if (!plan.ok) throw new Error(plan.failure.detail);
    commands.push(...plan.value.commands.map((command) => ["ffmpeg", ...argvOf(command)]));
  }
  return commands;
}

/** Processor seconds of everything that a process has started and that has ended. */
export async function childSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // Behind the name, which may hold anything: fields 16 and 17 of all, in hundredths of a second.
  const [user = 0, kernel = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(13, 15)
    .map(Number);
  return (user + kernel) / 100;
}

/** The most memory that an ffmpeg of the worker had at a time, in bytes, while the task ran. */
export async function peakOfTask(system: BenchSystem, mediaId: string, steps: Step[]): Promise<number> {
  let [peak, done] = [0, false];
  const task = runTask(system, mediaId, steps).finally(() => {
    done = true;
  });
  while (!done) {
    for (const pid of await encodersOf(system)) {
      const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
      // The kernel keeps the peak itself, so only the very last moments may be missed.
      peak = Math.max(peak, 1024 * Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await task;
  return peak;
}

async function encodersOf({ worker: { pid } }: BenchSystem): Promise<string[]> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).split(" ").filter(Boolean);
  const names = await Promise.all(children.map((child) => readFile(`/proc/${child}/comm`, "utf8").catch(() => "")));
  return children.filter((_, index) => names[index]?.trim() === "ffmpeg");
}

/** Resolves once a child of the worker has become ffmpeg. Reads /proc every millisecond, so Linux only. */
export async function untilEncoderRuns(system: BenchSystem): Promise<void> {
  const deadline = performance.now() + ENCODER_LIMIT_MS;
  while (performance.now() < deadline) {
    if ((await encodersOf(system)).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error("ffmpeg was not started.");
}
