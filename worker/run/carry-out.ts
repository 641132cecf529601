/**
 * What is left of a subtask's plan when the commands it may share with others have run: the files it writes itself, and,
 * where it continues, the plan that follows from what was found.
 */
import { readFile } from "node:fs/promises";
import { declaredOutputs } from "#domain/declared-outputs.ts";
import type { Failure } from "#domain/error.ts";
import { continueOperation } from "#domain/operations/operation.ts";
import type { Command, DeclaredOutput, PlanContext } from "#domain/plan.ts";
import { ok, type Result } from "#domain/result.ts";
import type { PlannedOperation } from "#domain/sharing/group.ts";
import { afterMerge } from "#domain/sharing/merge-plans.ts";
import { ifThere } from "./if-there.ts";
import { type PlanProgress, type RunPlanOptions, runPlan } from "./run-plan.ts";
import { scratchFiles } from "./scratch-files.ts";

export interface CarryOutOptions extends RunPlanOptions {
  /** Further commands are about to start. */
  onContinue: (commands: readonly Command[]) => void;
}

/** Answers what is to be published. */
export async function carryOutRest(
  { operation, plan, context }: PlannedOperation & { context: PlanContext },
  { onContinue, ...options }: CarryOutOptions,
): Promise<Result<readonly DeclaredOutput[], Failure>> {
  const { outputDir, scratchDir } = context;
  const done = await runPlan(afterMerge(plan), outputDir, options);
  if (!done.ok) return done;
  // A graph that no frame ever reached has no report; nor has it pictures, which publishing says by name.
  const outputs = await declaredOutputs(plan, async (path) => (await ifThere(readFile(path, "utf8"))) ?? "");
  if (!plan.continues) return ok(outputs);
  const next = await continueOperation(operation, context, scratchFiles(scratchDir));
  onContinue(next.commands);
  const shown = await runPlan(next, outputDir, options);
  return shown.ok ? ok([...outputs, ...next.outputs]) : shown;
}

/** Of the work of a plan that continues: looking closely at everything takes long, and showing what was found does not. */
const FIRST_SHARE = 0.95;

type OnProgress = (progress: PlanProgress) => void;

/** Progress of the shared commands and of the rest, as progress of the whole. */
export function sharesOf(members: readonly PlannedOperation[], onProgress: OnProgress): [OnProgress, OnProgress] {
  const share = (from: number, width: number) => (progress: PlanProgress) =>
    onProgress({ ...progress, percent: 100 * from + width * progress.percent });
  const continues = members.some(({ plan }) => plan.continues);
  return continues ? [share(0, FIRST_SHARE), share(FIRST_SHARE, 1 - FIRST_SHARE)] : [onProgress, onProgress];
}
