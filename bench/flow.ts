import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Step } from "#domain/procedure.ts";
import { createTask } from "#server/tasks/create-task.ts";
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

/** Resolves once a child of the worker has become ffmpeg. Reads /proc every millisecond, so Linux only. */
export async function untilEncoderRuns(system: BenchSystem): Promise<void> {
  const { pid } = system.worker;
  const deadline = performance.now() + ENCODER_LIMIT_MS;
  while (performance.now() < deadline) {
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).split(" ").filter(Boolean);
    const names = await Promise.all(children.map((child) => readFile(`/proc/${child}/comm`, "utf8").catch(() => "")));
    if (names.some((name) => name.trim() === "ffmpeg")) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error("ffmpeg was not started.");
}
