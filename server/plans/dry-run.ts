/** What a request would do, and what it would cost, without doing any of it. */
import type { Db } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import { type EstimatedRun, estimateRuns, type Known, totalOf } from "../domain/estimate/estimate.ts";
import type { Range } from "../domain/estimate/experience.ts";
import { argvOf } from "../domain/ffmpeg/argv.ts";
import { needsKeyFrames, type Operation, type OperationKind } from "../domain/operations/operation.ts";
import type { DeclaredOutput } from "../domain/plan.ts";
import type { SubtaskDraft } from "../domain/procedure.ts";
import { ok, type Result } from "../domain/result.ts";
import { TYPICAL_MEDIA } from "../domain/typical-media.ts";
import { readExperience } from "../estimates/read-experience.ts";
import { readComplexityOf } from "../estimates/record-estimates.ts";
import { draftFor } from "../tasks/create-task.ts";
import { draftSubtasks, resolveWork, type Work } from "../tasks/draft-subtasks.ts";
import { type PlanInContext, type PlanSource, planBeforehand, planSourceOf, readPlanSource } from "./plan-context.ts";

export interface DrySubtask {
  number: number;
  kind: OperationKind;
  template: SubtaskDraft["template"];
  /** As it would be frozen; null where it could not even be put together. */
  operation: Operation | null;
  /** Why it would fail. */
  failure: Failure | null;
  sizeBytes: Range | null;
  outputs: Pick<DeclaredOutput, "role" | "name" | "facts">[];
  /** How many outputs there are shows only when it runs. */
  outputsUnknown: boolean;
  /** More commands follow, which depend on what the first ones find. */
  continues: boolean;
  dependsOnKeyFrames: boolean;
}

/** Subtasks that one process carries out. */
export interface DryRunRun {
  numbers: number[];
  /** Argument arrays exactly as a worker would start them, program first. */
  commands: string[][];
  seconds: Range;
}

export interface DryRun {
  subtasks: DrySubtask[];
  runs: DryRunRun[];
  total: { sizeBytes: Range; seconds: Range };
  /** Whether it was asked of a media, or of one as they usually are. */
  typical: boolean;
}

interface Planned extends PlanInContext {
  number: number;
  operation: Operation;
}

export async function dryRun(
  db: Db,
  applicationId: number,
  work: Work,
  mediaId: string | null,
): Promise<Result<DryRun, Failure>> {
  const resolved = await resolveWork(db, applicationId, work);
  if (!resolved.ok) return resolved;
  const drafted =
    mediaId === null
      ? await draftSubtasks(db, applicationId, resolved.value, TYPICAL_MEDIA)
      : await draftFor(db, { applicationId, mediaId }, resolved.value);
  if (!drafted.ok) return drafted;
  const drafts = drafted.value.subtasks;
  const operations = drafts.map(({ operation }) => operation);
  const source = await sourceOf(db, applicationId, mediaId, operations);
  if (!source.ok) return source;
  const known: Known = {
    complexity: mediaId === null ? null : await readComplexityOf(db, mediaId),
    experience: await readExperience(db),
  };
  const planned: Planned[] = [];
  const failures = new Map<number, Failure>();
  for (const [index, { operation, failure }] of drafts.entries()) {
    const number = index + 1;
    const plan = operation === null || failure !== null ? null : planBeforehand(operation, source.value, number);
    if (plan === null || operation === null) failures.set(number, failure ?? { code: "INTERNAL", detail: "" });
    else if (!plan.ok) failures.set(number, plan.failure);
    else planned.push({ ...plan.value, number, operation });
  }
  const runs = estimateRuns(planned, known);
  return ok({
    subtasks: drafts.map((draft, index) => dryOf(draft, index + 1, { runs, failures, source: source.value })),
    runs: runs.map(({ members, merged, seconds }) => ({
      numbers: members.map(({ number }) => number),
      commands: merged.commands.map((command) => ["ffmpeg", ...argvOf(command)]),
      seconds,
    })),
    total: totalOf(runs),
    typical: mediaId === null,
  });
}

async function sourceOf(db: Db, applicationId: number, mediaId: string | null, operations: readonly unknown[]) {
  if (mediaId !== null) return readPlanSource(db, applicationId, mediaId, operations);
  const typical = { info: TYPICAL_MEDIA, storageKey: "source.mp4" };
  return ok(await planSourceOf(db, applicationId, typical, operations));
}

interface Found {
  runs: readonly EstimatedRun<Planned>[];
  failures: ReadonlyMap<number, Failure>;
  source: PlanSource;
}

function dryOf(
  { kind, operation, template }: SubtaskDraft,
  number: number,
  { runs, failures, source }: Found,
): DrySubtask {
  const member = runs.flatMap(({ members }) => members).find((one) => one.number === number);
  const { outputs = [], series = [], continues = false } = member?.plan ?? {};
  return {
    ...{ number, kind, template, operation },
    failure: failures.get(number) ?? null,
    sizeBytes: member?.estimate.sizeBytes ?? null,
    outputs: outputs.map(({ role, name, facts }) => ({ role, name, facts })),
    outputsUnknown: series.length > 0,
    continues,
    dependsOnKeyFrames: operation !== null && source.media.video !== null && needsKeyFrames(operation),
  };
}
