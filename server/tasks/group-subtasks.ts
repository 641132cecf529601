import type { Tx } from "../db/client.ts";
import type { Operation } from "../domain/operations/operation.ts";
import { decodesToShare, groupByReading } from "../domain/sharing/group.ts";
import { planBeforehand, readPlanSource } from "../plans/plan-context.ts";

interface Groupable {
  /** Null: stored by a release that knew other parameters. */
  operation: Operation | null;
}

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
  const source = candidates.length > 1 ? await readPlanSource(tx, applicationId, mediaId, candidates) : null;
  const planned = candidates.flatMap(({ subtask, operation }, index) => {
    // Where there is no such media, whoever needs it says so.
    const planned = source?.ok ? planBeforehand(operation, source.value, index + 1) : null;
    return planned?.ok ? [{ subtask, operation, plan: planned.value.plan }] : [];
  });
  const groups = groupByReading(planned).map((members) => members.map(({ subtask }) => subtask));
  return subtasks.flatMap((subtask) => {
    const group = groups.find((members) => members.includes(subtask)) ?? [subtask];
    return group[0] === subtask ? [group] : [];
  });
}
