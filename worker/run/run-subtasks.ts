/** The work of one run: plan its subtasks, carry the plans out one after another, publish what they made. */
import type { Logger } from "pino";
import type { Failure } from "#domain/error.ts";
import { argvOf } from "#domain/ffmpeg/argv.ts";
import type { KeyFrames } from "#domain/ffmpeg/key-frames.ts";
import { needsKeyFrames, planOperation } from "#domain/operations/operation.ts";
import type { NamedFile, Plan, PlanContext } from "#domain/plan.ts";
import { referencesOf } from "#domain/references.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { outputPrefix } from "#server/storage/layout.ts";
import { FileMissing, type Store } from "#server/storage/store.ts";
import type { ClaimedRun } from "#server/tasks/claim-run.ts";
import type { SubtaskOutcome } from "#server/tasks/finish-run.ts";
import { recordCommands } from "#server/tasks/record-commands.ts";
import type { WorkerContext } from "../context.ts";
import { reasonOf } from "../log.ts";
import { persist } from "../persist.ts";
import { probeKeyFrames } from "./probe.ts";
import { publish } from "./publish.ts";
import type { Reporter } from "./reporter.ts";
import { type PlanProgress, runPlan, secondsAt, weightOf } from "./run-plan.ts";
import type { Workspace } from "./workspace.ts";

interface RunSubtasksOptions {
  signal: AbortSignal;
  reporter: Reporter;
  log: Logger;
}

interface PlannedSubtask {
  id: string;
  number: number;
  plan: Plan;
  outputDir: string;
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
    const source = await materialise(worker.store, run.sourceKey, workspace);
    if (!source.ok) {
      return run.subtasks.map(({ id }) => ({ id, state: "failed", failure: source.failure }));
    }
    const files = await placeFiles(worker.store, run, workspace);
    const keyFrames = await keyFramesOf(run, source.value, signal);
    const planned: PlannedSubtask[] = [];
    for (const subtask of run.subtasks) {
      const plan = await planSubtask(run, subtask, { inputPath: source.value, files, keyFrames }, workspace);
      if (plan.ok) planned.push(plan.value);
      else outcomes.set(subtask.id, { id: subtask.id, state: "failed", failure: plan.failure });
    }
    const recorded = recordPlans(worker, run, planned, { signal, log });
    for (const subtask of planned) {
      const onProgress = (progress: PlanProgress) => reporter.progress(progressOfRun(planned, subtask, progress));
      const onLog = (line: string) => reporter.line(line);
      const carriedOut = await runPlan(subtask.plan, subtask.outputDir, { signal, onProgress, onLog });
      const result = carriedOut.ok ? await publishSubtask(worker.store, run, subtask, signal) : carriedOut;
      outcomes.set(subtask.id, result.ok ? result.value : { id: subtask.id, state: "failed", failure: result.failure });
    }
    await recorded;
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

async function materialise(
  store: Store,
  key: string,
  workspace: Workspace,
  folder = "source",
): Promise<Result<string, Failure>> {
  try {
    return ok(await store.materialise(key, await workspace.folder(folder)));
  } catch (error) {
    if (error instanceof FileMissing) return fail({ code: "SOURCE_GONE", detail: key });
    throw error;
  }
}

/** What the operations refer to, by id. A file that is gone is missing here, and fails only those who need it. */
async function placeFiles(
  store: Store,
  { files }: ClaimedRun,
  workspace: Workspace,
): Promise<Readonly<Record<string, NamedFile>>> {
  const placed: Record<string, NamedFile> = {};
  for (const { storageKey, id, ...file } of files) {
    const path = await materialise(store, storageKey, workspace, `file-${id}`);
    if (path.ok) placed[id] = { ...file, path: path.value };
  }
  return placed;
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
  { mediaInfo: media }: ClaimedRun,
  { id, number, operation }: ClaimedRun["subtasks"][number],
  placed: Pick<PlanContext, "inputPath" | "files" | "keyFrames">,
  workspace: Workspace,
): Promise<Result<PlannedSubtask, Failure>> {
  const gone = referencesOf(operation).find((reference) => placed.files[reference.id]?.of !== reference.of);
  if (gone !== undefined) return fail({ code: "SOURCE_GONE", detail: `${gone.of} ${gone.id}` });
  const outputDir = await workspace.folder(String(number), "outputs");
  const scratchDir = await workspace.folder(String(number), "scratch");
  const plan = planOperation(operation, { media, ...placed, outputDir, scratchDir });
  return plan.ok ? ok({ id, number, plan: plan.value, outputDir }) : plan;
}

/** Beside the work: ffmpeg need not wait for the database to know its arguments. */
async function recordPlans(
  { db }: WorkerContext,
  run: ClaimedRun,
  planned: readonly PlannedSubtask[],
  { signal, log }: { signal: AbortSignal; log: Logger },
): Promise<void> {
  const commands = planned.flatMap(({ plan }) => plan.commands.map((command) => ["ffmpeg", ...argvOf(command)]));
  try {
    await persist(db, () => recordCommands(db, run, commands), { signal });
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, "Could not record the commands of a run");
  }
}

function progressOfRun(planned: readonly PlannedSubtask[], current: PlannedSubtask, progress: PlanProgress) {
  const { speed, percent, remainingSeconds } = progress;
  const place = planned.indexOf(current);
  const later = planned.slice(place + 1).reduce((sum, { plan }) => sum + weightOf(plan), 0);
  return {
    subtasks: planned.map(({ id }, index) => ({ id, percent: index < place ? 100 : index === place ? percent : 0 })),
    speed,
    remainingSeconds: remainingSeconds === null ? null : remainingSeconds + secondsAt(speed, later),
  };
}

async function publishSubtask(
  store: Store,
  run: ClaimedRun,
  { id, number, plan, outputDir }: PlannedSubtask,
  signal: AbortSignal,
): Promise<Result<SubtaskOutcome, Failure>> {
  const { outputs, setsCover } = plan;
  const published = await publish(store, { outputs, outputDir, prefix: outputPrefix(run, number) }, signal);
  return published.ok ? ok({ id, state: "succeeded", outputs: published.value, setsCover }) : published;
}
