/**
 * What an operation is planned with, and where the files of its run lie. Said once: the worker places files like this and
 * plans, and whoever wants to know beforehand what it would do plans on the same places without files.
 */
import { z } from "zod";
import type { Tx } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import { type MediaInfo, mediaInfo } from "../domain/media.ts";
import { type Operation, planOperation } from "../domain/operations/operation.ts";
import type { NamedFile, Plan, PlanContext } from "../domain/plan.ts";
import { missingReference } from "../domain/references.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { readReferred, referredFiles } from "../tasks/read-referred.ts";

/** Names of folders in a run's workspace, from the outside in. */
export const RUN_FOLDERS = {
  source: () => ["source"],
  /** A file that operations refer to. */
  file: (id: string) => [`file-${id}`],
  outputs: (subtask: number) => [String(subtask), "outputs"],
  scratch: (subtask: number) => [String(subtask), "scratch"],
};

/** What all operations of a run are planned with. */
export type PlanSource = Omit<PlanContext, "outputDir" | "scratchDir">;
type PlanFolders = Pick<PlanContext, "outputDir" | "scratchDir">;

export interface PlanInContext {
  plan: Plan;
  context: PlanContext;
}

export function planInContext(
  operation: Operation,
  source: PlanSource,
  folders: PlanFolders,
): Result<PlanInContext, Failure> {
  const gone = missingReference(operation, source.files);
  if (gone !== undefined) return fail({ code: "SOURCE_GONE", detail: `${gone.of} ${gone.id}` });
  const context: PlanContext = { ...source, ...folders };
  const plan = planOperation(operation, context);
  return plan.ok ? ok({ plan: plan.value, context }) : plan;
}

/** As `planInContext` before there is a workspace: paths begin where it will be. `subtask` is its number, from 1. */
export function planBeforehand(
  operation: Operation,
  source: PlanSource,
  subtask: number,
): Result<PlanInContext, Failure> {
  return planInContext(operation, source, {
    outputDir: RUN_FOLDERS.outputs(subtask).join("/"),
    scratchDir: RUN_FOLDERS.scratch(subtask).join("/"),
  });
}

/**
 * What operations on a stored media would be planned with. No file is opened, so key frames are not known: a plan that
 * depends on them is the one that is made where they could not be found.
 */
export async function readPlanSource(
  tx: Tx,
  applicationId: number,
  mediaId: string,
  operations: readonly unknown[],
): Promise<Result<PlanSource, Failure>> {
  const found = await tx.media.findFirst({
    where: { id: mediaId, applicationId, deletedAt: null },
    select: { info: true, storageKey: true },
  });
  if (found === null) return fail({ code: "MEDIA_NOT_FOUND", detail: mediaId });
  const info = mediaInfo.safeParse(found.info);
  // Probed by a release that knew other facts.
  if (!info.success) return fail({ code: "INTERNAL", detail: z.prettifyError(info.error) });
  return ok(await planSourceOf(tx, applicationId, { ...found, info: info.data }, operations));
}

/** The same for facts that need not be those of any media. */
export async function planSourceOf(
  tx: Tx,
  applicationId: number,
  source: { info: MediaInfo; storageKey: string },
  operations: readonly unknown[],
): Promise<PlanSource> {
  const referred = referredFiles.parse(await readReferred(tx, applicationId, operations));
  const files = referred.map(({ id, storageKey, ...file }): [string, NamedFile] => {
    return [id, { ...file, path: placeOf(RUN_FOLDERS.file(id), storageKey) }];
  });
  return {
    media: source.info,
    inputPath: placeOf(RUN_FOLDERS.source(), source.storageKey),
    files: Object.fromEntries(files),
    keyFrames: null,
  };
}

/** A stored file keeps its name when it is placed. */
function placeOf(folder: readonly string[], storageKey: string): string {
  return [...folder, storageKey.slice(storageKey.lastIndexOf("/") + 1)].join("/");
}
