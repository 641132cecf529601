/** Carries out the plan of a subtask and, where it continues, the one that follows from what it found. */
import type { Failure } from "#domain/error.ts";
import { continueOperation, type Operation } from "#domain/operations/operation.ts";
import type { Command, DeclaredOutput, Plan, PlanContext } from "#domain/plan.ts";
import { ok, type Result } from "#domain/result.ts";
import { type PlanProgress, type RunPlanOptions, runPlan } from "./run-plan.ts";
import { scratchFiles } from "./scratch-files.ts";

/** Of the work of a plan that continues: looking closely at everything takes long, and showing what was found does not. */
const FIRST_SHARE = 0.95;

interface CarryOutOptions extends RunPlanOptions {
  /** Further commands are about to start. */
  onContinue: (commands: readonly Command[]) => void;
}

/** Answers what is to be published. */
export async function carryOut(
  { operation, context, plan }: { operation: Operation; context: PlanContext; plan: Plan },
  { onProgress, onContinue, ...options }: CarryOutOptions,
): Promise<Result<readonly DeclaredOutput[], Failure>> {
  const { outputDir, scratchDir } = context;
  const share = (from: number, width: number) => (progress: PlanProgress) =>
    onProgress({ ...progress, percent: 100 * from + width * progress.percent });
  const first = { ...options, onProgress: plan.continues ? share(0, FIRST_SHARE) : onProgress };
  const done = await runPlan(plan, outputDir, first);
  if (!done.ok) return done;
  if (!plan.continues) return ok(plan.outputs);

  const next = await continueOperation(operation, context, scratchFiles(scratchDir));
  onContinue(next.commands);
  const second = { ...options, onProgress: share(FIRST_SHARE, 1 - FIRST_SHARE) };
  const shown = await runPlan(next, outputDir, second);
  return shown.ok ? ok([...plan.outputs, ...next.outputs]) : shown;
}
