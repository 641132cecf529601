import type { Tx } from "../db/client.ts";
import { mediaInfo } from "../domain/media.ts";
import { type Operation, planOperation } from "../domain/operations/operation.ts";
import type { NamedFile, PlanContext } from "../domain/plan.ts";
import { missingReference } from "../domain/references.ts";
import { decodesToShare, groupByReading } from "../domain/sharing/group.ts";
import { readReferred, referredFiles } from "./read-referred.ts";

interface Groupable {
  /** Null: stored by a release that knew other parameters. */
  operation: Operation | null;
}

/** What plans would be like, as far as that tells who can share: where things will lie is known once a worker has them. */
const PLACEHOLDERS = { inputPath: "source", outputDir: "outputs", scratchDir: "scratch", keyFrames: null };

/**
 * Puts those subtasks together that are to share a run, in the order of their first ones. The media is looked up only where
 * it matters: tasks of one subtask come in by the hundred a second.
 */
export async function groupSubtasks<T extends Groupable>(
  tx: Tx,
  { applicationId, mediaId }: { applicationId: number; mediaId: string },
  subtasks: readonly T[],
): Promise<T[][]> {
  const candidates = subtasks.flatMap((subtask) => {
    const { operation } = subtask;
    return operation !== null && decodesToShare(operation) ? [{ subtask, operation }] : [];
  });
  const context = candidates.length > 1 ? await readContext(tx, applicationId, mediaId, candidates) : null;
  const planned = candidates.flatMap(({ subtask, operation }) => {
    if (context === null || missingReference(operation, context.files) !== undefined) return [];
    const plan = planOperation(operation, context);
    return plan.ok ? [{ subtask, operation, plan: plan.value }] : [];
  });
  const groups = groupByReading(planned).map((members) => members.map(({ subtask }) => subtask));
  return subtasks.flatMap((subtask) => {
    const group = groups.find((members) => members.includes(subtask)) ?? [subtask];
    return group[0] === subtask ? [group] : [];
  });
}

/** Null where there is no such media: whoever needs it says so. */
async function readContext(
  tx: Tx,
  applicationId: number,
  mediaId: string,
  operations: readonly Groupable[],
): Promise<PlanContext | null> {
  const found = await tx.media.findFirst({ where: { id: mediaId, applicationId }, select: { info: true } });
  const media = mediaInfo.safeParse(found?.info);
  const referred = referredFiles.safeParse(await readReferred(tx, applicationId, operations));
  if (!media.success || !referred.success) return null;
  const files = Object.fromEntries(
    referred.data.map(({ id, storageKey: path, ...file }): [string, NamedFile] => [id, { ...file, path }]),
  );
  return { media: media.data, files, ...PLACEHOLDERS };
}
