/** Carries a plan out: the files its commands read, they one after another, then the files it writes itself. Knows commands, not what they are for. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "#domain/error.ts";
import { percentOf, remainingSecondsOf } from "#domain/ffmpeg/progress.ts";
import { plannedText } from "#domain/manifest/planned-text.ts";
import { cutCues } from "#domain/operations/subtitles/cut-cues.ts";
import type { Command, Plan } from "#domain/plan.ts";
import { ok, type Result } from "#domain/result.ts";
import { requireAbilities } from "./abilities.ts";
import { runCommand } from "./ffmpeg.ts";
import { finishedFiles } from "./finished-files.ts";
import { prepareFiles } from "./prepare.ts";

export interface PlanProgress {
  percent: number;
  /** Of the running command: encoded seconds per second. */
  speed: number | null;
  remainingSeconds: number | null;
}

export interface RunPlanOptions {
  signal: AbortSignal;
  onProgress: (progress: PlanProgress) => void;
  onLog: (line: string) => void;
  /** What lies at the place the plan wants a key. */
  contentKey?: Buffer;
}

export async function runPlan(
  plan: Plan,
  outputDir: string,
  { signal, onProgress, onLog, contentKey }: RunPlanOptions,
): Promise<Result<void, Failure>> {
  const able = await requireAbilities(plan.needs ?? []);
  if (!able.ok) return able;
  const prepared = await prepareFiles(plan, { signal });
  if (!prepared.ok) return prepared;
  const all = weightOf(plan);
  let before = 0;
  for (const command of plan.commands) {
    const weight = weightOfCommand(command);
    const after = all - before - weight;
    const result = await runCommand(command, {
      signal,
      onLog,
      onProgress: (progress) => {
        const here = (percentOf(progress, command.expectedSeconds) / 100) * weight;
        const remaining = remainingSecondsOf(progress, command.expectedSeconds);
        onProgress({
          percent: (100 * (before + here)) / all,
          speed: progress.speed,
          remainingSeconds: remaining === null ? null : remaining + secondsAt(progress.speed, after),
        });
      },
    });
    const tolerated = command.mayFail && !result.ok && result.failure.code === "ENCODER_FAILED";
    if (!result.ok && !tolerated) return result;
    for (const { path, ...stretch } of command.cues ?? [])
      await writeFile(path, cutCues(await readFile(path, "utf8"), stretch));
    before += weight;
  }
  const finished = finishedFiles(outputDir, contentKey);
  for (const file of plan.files) await writeFile(join(outputDir, file.name), await plannedText(file, finished));
  return ok(undefined);
}

/** How long a plan takes, compared with others: the seconds it encodes. */
export function weightOf({ commands }: Plan): number {
  return commands.reduce((sum, command) => sum + weightOfCommand(command), 0);
}

/** A command that cannot say how much it writes (a single picture) counts as a second. */
function weightOfCommand({ expectedSeconds, effort = 1 }: Command): number {
  return effort * (expectedSeconds > 0 ? expectedSeconds : 1);
}

/** Clock time for so many seconds of output, at the speed seen so far. */
export function secondsAt(speed: number | null, outputSeconds: number): number {
  return speed !== null && speed > 0 ? outputSeconds / speed : 0;
}
