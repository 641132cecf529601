import type { Db } from "../db/client.ts";
import { failureOf } from "../db/rows.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { type TrialResult, type TrialState, trialResult } from "../domain/trial/trial.ts";
import { trialPrefix } from "../storage/layout.ts";

export interface TrialRead {
  id: string;
  state: TrialState;
  failure: Failure | null;
  result: TrialResult | null;
  /** Where its files lie; empty until it succeeded. */
  prefix: string;
}

/** A user's own. That it is asked for keeps it alive: see `SEEN_SECONDS`. */
export async function readTrial(
  db: Db,
  whose: { applicationId: number; createdById: string; id: string },
): Promise<Result<TrialRead, Failure>> {
  const trial = await db.trial.findFirst({ where: whose });
  if (trial === null) return fail({ code: "TRIAL_NOT_FOUND", detail: whose.id });
  const { id, state, applicationId } = trial;
  if (state === "waiting" || state === "running")
    await db.$executeRaw`UPDATE "Trial" SET "seenAt" = clock_timestamp() WHERE "id" = ${id}`;
  // Of a release that kept other facts: as if it had never been.
  const result = trialResult.nullable().safeParse(trial.result);
  if (!result.success) return fail({ code: "TRIAL_NOT_FOUND", detail: id });
  const prefix = result.data === null ? "" : `${trialPrefix({ applicationId, id })}/${result.data.folder}`;
  return ok({ id, state, failure: failureOf(trial), result: result.data, prefix });
}
