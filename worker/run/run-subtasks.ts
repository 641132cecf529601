/**
 * The work of one run: plan its subtasks, carry the plans out, publish what they made. Plans that read the source alike are
 * carried out by one ffmpeg; where that fails, nobody knows whose fault it was, and each of them is to be tried alone.
 */
import type { Logger } from "pino";
import type { Failure } from "#domain/error.ts";
import { argvOf } from "#domain/ffmpeg/argv.ts";
import type { KeyFrames } from "#domain/ffmpeg/key-frames.ts";
import { needsKeyFrames } from "#domain/operations/operation.ts";
import type { Command, Plan, PlanContext } from "#domain/plan.ts";
import { ok, type Result } from "#domain/result.ts";
import { groupByReading, type PlannedOperation } from "#domain/sharing/group.ts";
import { mergePlans } from "#domain/sharing/merge-plans.ts";
import { recordEstimates } from "#server/estimates/record-estimates.ts";
import { type PlanSource, planInContext, RUN_FOLDERS } from "#server/plans/plan-context.ts";
import { outputPrefix } from "#server/storage/layout.ts";
import type { Store } from "#server/storage/store.ts";
import type { ClaimedRun } from "#server/tasks/claim-run.ts";
import type { SubtaskOutcome } from "#server/tasks/finish-run.ts";
import { recordCommands } from "#server/tasks/record-commands.ts";
import { madeMediaIdOf } from "#server/tasks/run-files.ts";
import type { WorkerContext } from "../context.ts";
import { reasonOf } from "../log.ts";
import { persist } from "../persist.ts";
import { type CarryOutOptions, carryOutRest, sharesOf } from "./carry-out.ts";
import { type PlacedContentKey, placeContentKey } from "./place-content-key.ts";
import { placeFiles, placeSource } from "./place-files.ts";
import { probeKeyFrames } from "./probe.ts";
import { publish } from "./publish.ts";
import { publishMedia } from "./publish-media.ts";
import type { Reporter } from "./reporter.ts";
import { type PlanProgress, runPlan, secondsAt, weightOf } from "./run-plan.ts";
import type { Workspace } from "./workspace.ts";

interface RunSubtasksOptions {
  signal: AbortSignal;
  reporter: Reporter;
  log: Logger;
}

interface PlannedSubtask extends PlannedOperation {
  id: string;
  number: number;
  context: PlanContext;
  contentKey: PlacedContentKey | undefined;
}

/** Subtasks that are carried out together, and how. */
interface Group {
  members: readonly PlannedSubtask[];
  merged: Plan;
}

/** One outcome for every subtask, whatever happens. Those that an abort left undone are "cancelled". */
export async function runSubtasks(
  worker: WorkerContext,
  run: ClaimedRun,
  { signal, reporter, log }: RunSubtasksOptions,
): Promise<SubtaskOutcome[]> {
  const outcomes = new Map<string, SubtaskOutcome>();
  let rest: Failure = { code: "INTERNAL", detail: "" };
  const workspace = await worker.scratch.openWorkspace(run.runId);
  try {
    const source = await placeSource(worker.store, run.sourceKey, workspace);
    if (!source.ok) {
      return run.subtasks.map(({ id }) => ({ id, state: "failed", failure: source.failure }));
    }
    const files = await placeFiles(worker.store, run.files, workspace);
    const keyFrames = await keyFramesOf(run, source.value, signal);
    const planned: PlannedSubtask[] = [];
    const planSource: PlanSource = { media: run.mediaInfo, inputPath: source.value, files, keyFrames };
    for (const subtask of run.subtasks) {
      const plan = await planSubtask(worker, subtask, planSource, workspace);
      if (plan.ok) planned.push(plan.value);
      else outcomes.set(subtask.id, { id: subtask.id, state: "failed", failure: plan.failure });
    }
    const groups = groupByReading(planned).map(
      (members): Group => ({ members, merged: mergePlans(members.map(({ plan }) => plan)) }),
    );
    const commands = groups.map(({ merged }) => [...merged.commands]);
    let recorded = record(worker, run, commands.flat(), { signal, log });
    const estimated = keepEstimates(worker, run, planned, { signal, log });
    for (const [index, group] of groups.entries()) {
      const onProgress = (progress: PlanProgress) => reporter.progress(progressOfRun(groups, group, progress));
      const onLog = (line: string) => reporter.line(line);
      const onContinue = (more: readonly Command[]) => {
        commands[index]?.push(...more);
        const all = commands.flat();
        recorded = recorded.then(() => record(worker, run, all, { signal, log }));
      };
      const [shared, rest] = sharesOf(group.members, onProgress);
      const carriedOut = await runPlan(group.merged, workspace.path, { signal, onLog, onProgress: shared });
      const options = { signal, onLog, onProgress: rest, onContinue, workspace };
      for (const subtask of group.members) {
        const outcome = carriedOut.ok
          ? await completeSubtask(worker.store, run, subtask, options)
          : outcomeOfFailed(group, subtask, carriedOut.failure);
        outcomes.set(subtask.id, outcome);
      }
    }
    await Promise.all([recorded, estimated]);
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, "A run broke");
    rest = { code: "INTERNAL", detail: error instanceof Error ? error.message : String(error) };
  } finally {
    await workspace.remove();
  }
  return run.subtasks.map(
    ({ id }) =>
      outcomes.get(id) ?? (signal.aborted ? { id, state: "cancelled" } : { id, state: "failed", failure: rest }),
  );
}

/** Looked for only where a plan depends on them: it takes reading the whole source. */
async function keyFramesOf(
  { mediaInfo: { video }, subtasks }: ClaimedRun,
  path: string,
  signal: AbortSignal,
): Promise<KeyFrames | null> {
  if (video === null || !subtasks.some(({ operation }) => needsKeyFrames(operation))) return null;
  return probeKeyFrames(path, video.index, { signal });
}

async function planSubtask(
  { secretKey }: WorkerContext,
  { id, number, operation }: ClaimedRun["subtasks"][number],
  source: PlanSource,
  workspace: Workspace,
): Promise<Result<PlannedSubtask, Failure>> {
  const outputDir = await workspace.folder(...RUN_FOLDERS.outputs(number));
  const scratchDir = await workspace.folder(...RUN_FOLDERS.scratch(number));
  const planned = planInContext(operation, source, { outputDir, scratchDir });
  if (!planned.ok) return planned;
  const { plan, context } = planned.value;
  const wanted = plan.contentKey;
  const contentKey = wanted && (await placeContentKey(wanted, secretKey));
  return ok({ id, number, operation, context, plan, contentKey });
}

/** Beside the work: ffmpeg need not wait for the database to know its arguments. */
async function record(
  { db }: WorkerContext,
  run: ClaimedRun,
  commands: readonly Command[],
  { signal, log }: { signal: AbortSignal; log: Logger },
): Promise<void> {
  const argvs = commands.map((command) => ["ffmpeg", ...argvOf(command)]);
  try {
    await persist(db, () => recordCommands(db, run, argvs), { signal });
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "Could not record the commands of a run");
  }
}

/** Beside the work as well: an estimate that could not be kept is missed by nobody who waits for the outcome. */
async function keepEstimates(
  { db }: WorkerContext,
  run: ClaimedRun,
  planned: readonly PlannedSubtask[],
  { signal, log }: { signal: AbortSignal; log: Logger },
): Promise<void> {
  try {
    await persist(db, () => recordEstimates(db, run, run.mediaId, planned), { signal });
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "Could not keep the estimates of a run");
  }
}

/** All that one ffmpeg writes comes equally far, as members of a group end together. */
function progressOfRun(groups: readonly Group[], current: Group, progress: PlanProgress) {
  const { speed, percent, remainingSeconds } = progress;
  const place = groups.indexOf(current);
  const later = groups.slice(place + 1).reduce((sum, { merged }) => sum + weightOf(merged), 0);
  const percentOf = (index: number) => (index < place ? 100 : index === place ? percent : 0);
  return {
    subtasks: groups.flatMap(({ members }, index) => members.map(({ id }) => ({ id, percent: percentOf(index) }))),
    speed,
    remainingSeconds: remainingSeconds === null ? null : remainingSeconds + secondsAt(speed, later),
  };
}

function outcomeOfFailed({ members }: Group, { id }: PlannedSubtask, failure: Failure): SubtaskOutcome {
  return { id, state: members.length > 1 ? "alone" : "failed", failure };
}

/** What is left when its command has run, which concerns it alone. */
async function completeSubtask(
  store: Store,
  run: ClaimedRun,
  { id, number, operation, context, plan, contentKey }: PlannedSubtask,
  { workspace, ...options }: CarryOutOptions & { workspace: Workspace },
): Promise<SubtaskOutcome> {
  const done = await carryOutRest({ operation, context, plan }, { ...options, contentKey: contentKey?.bytes });
  if (!done.ok) return { id, state: "failed", failure: done.failure };
  const { outputDir } = context;
  const { signal } = options;
  const { setsCover, newMedia } = plan;
  if (newMedia !== undefined) {
    const place = { applicationId: run.applicationId, mediaId: madeMediaIdOf(run, { number }) };
    const publication = { outputs: done.value, outputDir, place, wish: newMedia };
    const made = await publishMedia(store, publication, { workspace, signal });
    if (!made.ok) return { id, state: "failed", failure: made.failure };
    return { id, state: "succeeded", outputs: [], setsCover, made: made.value };
  }
  const publication = { outputs: done.value, outputDir, prefix: outputPrefix(run, number) };
  const published = await publish(store, publication, signal);
  if (!published.ok) return { id, state: "failed", failure: published.failure };
  const outputs = published.value.map((output) =>
    output.role === "playlist" ? { ...output, contentKey: contentKey?.stored } : output,
  );
  return { id, state: "succeeded", outputs, setsCover };
}
