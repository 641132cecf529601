import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { admitRuns } from "../tasks/admit-runs.ts";

/**
 * More room, or an end of the pause, lets waiting runs through at once. Less room, or a pause, stops nothing that was let
 * through: it only lets no more through until there is room again.
 */
export async function updatePipeline(
  db: Db,
  applicationId: number,
  pipelineId: number,
  change: { capacity?: number; paused?: boolean },
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const { count } = await tx.pipeline.updateMany({ where: { id: pipelineId, applicationId }, data: change });
    if (count === 0) return fail({ code: "PIPELINE_NOT_FOUND", detail: String(pipelineId) });
    await admitRuns(tx, pipelineId);
    return ok(undefined);
  });
}
