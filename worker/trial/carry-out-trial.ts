/** The work of a trial: the stretch is made as the whole would be, and put beside what it was made from. */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "#domain/error.ts";
import { estimateRuns } from "#domain/estimate/estimate.ts";
import { NO_EXPERIENCE } from "#domain/estimate/experience.ts";
import type { MediaInfo } from "#domain/media.ts";
import { type Operation, planOperation } from "#domain/operations/operation.ts";
import type { DeclaredOutput, PlanContext } from "#domain/plan.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { busiestSecond, type ChosenStretch, chooseStretch, packetsCommand } from "#domain/trial/choose-stretch.ts";
import type { Stretch, TrialResult } from "#domain/trial/trial.ts";
import { ofStretch } from "#domain/trial/tried-operation.ts";
import { readComplexityOf } from "#server/estimates/record-estimates.ts";
import { type PlanSource, planInContext, RUN_FOLDERS } from "#server/plans/plan-context.ts";
import type { ReferredFile } from "#server/tasks/read-referred.ts";
import type { WorkerContext } from "../context.ts";
import { carryOutRest } from "../run/carry-out.ts";
import { runCommand } from "../run/ffmpeg.ts";
import { placeFiles, placeSource } from "../run/place-files.ts";
import { runPlan } from "../run/run-plan.ts";
import type { Workspace } from "../run/workspace.ts";
import { showMade } from "./show-made.ts";

export interface TrialRequest {
  id: string;
  mediaId: string;
  media: MediaInfo;
  sourceKey: string;
  operation: Operation;
  stretch: Stretch;
  files: readonly ReferredFile[];
  /** Name of this attempt's folder, and where it lies. */
  folder: string;
  prefix: string;
}

export interface Made {
  operation: Operation;
  context: PlanContext;
  outputs: readonly DeclaredOutput[];
  stretch: ChosenStretch;
  /** What is looked at, and published. */
  shownDir: string;
  scratchDir: string;
}

export async function carryOutTrial(
  worker: WorkerContext,
  request: TrialRequest,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<Result<TrialResult, Failure>> {
  const { media, folder, prefix } = request;
  const source = await placeSource(worker.store, request.sourceKey, workspace);
  if (!source.ok) return source;
  const files = await placeFiles(worker.store, request.files, workspace);
  const planSource: PlanSource = { media, inputPath: source.value, files, keyFrames: null };
  const folders = {
    outputDir: await workspace.folder(...RUN_FOLDERS.outputs(1)),
    scratchDir: await workspace.folder(...RUN_FOLDERS.scratch(1)),
  };
  const busiestAt = await busiestOf(request, source.value, folders.scratchDir, signal);
  const stretch = chooseStretch(request.stretch, media.durationSeconds, busiestAt);
  const operation = ofStretch(request.operation, stretch.startSeconds, stretch.durationSeconds);
  if (operation === null) return fail({ code: "CANNOT_TRY", detail: request.operation.kind });
  const planned = planInContext(operation, planSource, folders);
  if (!planned.ok) return planned;
  const { plan, context } = planned.value;

  const started = performance.now();
  const options = { signal, onProgress: () => undefined, onLog: () => undefined };
  const ran = await runPlan(plan, folders.outputDir, options);
  if (!ran.ok) return ran;
  const rest = await carryOutRest({ operation, plan, context }, { ...options, onContinue: () => undefined });
  if (!rest.ok) return rest;
  const seconds = (performance.now() - started) / 1000;

  const sizeBytes = await bytesOf(rest.value, folders.outputDir);
  if (sizeBytes === 0) return fail({ code: "OUTPUT_MISSING", detail: rest.value[0]?.name ?? "" });
  const whole = await shareOfWhole(worker, request, { operation, plan, context });
  const shownDir = await workspace.folder("shown");
  const made: Made = { operation, context, outputs: rest.value, stretch, shownDir, scratchDir: folders.scratchDir };
  const shown = await showMade(made, signal);
  if (!shown.ok) return shown;
  signal.throwIfAborted();
  await worker.store.putFolder(shownDir, prefix);
  return ok({
    ...stretch,
    ...{ sizeBytes, seconds, folder, shown: shown.value },
    wholeSizeBytes: whole && Math.round(sizeBytes * whole.size),
    wholeSeconds: whole && seconds * whole.time,
  });
}

async function busiestOf(
  { stretch, media }: TrialRequest,
  path: string,
  scratchDir: string,
  signal: AbortSignal,
): Promise<number> {
  if (stretch.start !== "busiest" || media.video === null) return 0;
  const list = join(scratchDir, "packets.txt");
  const listed = await runCommand(packetsCommand(path, media.video.index, list), { signal });
  return listed.ok ? busiestSecond(await readFile(list, "utf8"), stretch.durationSeconds) : 0;
}

async function bytesOf(outputs: readonly DeclaredOutput[], folder: string): Promise<number> {
  const sizes = outputs.map(({ name }) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** How many times as much all of the media is, by the model that estimates rest on. */
async function shareOfWhole(
  { db }: WorkerContext,
  { operation, mediaId }: TrialRequest,
  tried: Parameters<typeof estimateRuns>[0][number],
): Promise<{ size: number; time: number } | null> {
  const whole = planOperation(operation, tried.context);
  if (!whole.ok) return null;
  const known = { complexity: await readComplexityOf(db, mediaId), experience: NO_EXPERIENCE };
  const modelOf = (one: typeof tried) => estimateRuns([one], known)[0]?.members[0]?.estimate.model;
  const [all, part] = [modelOf({ operation, plan: whole.value, context: tried.context }), modelOf(tried)];
  if (all === undefined || part === undefined || part.sizeBytes === 0 || part.seconds === 0) return null;
  return { size: all.sizeBytes / part.sizeBytes, time: all.seconds / part.seconds };
}
