import type { Db } from "../db/client.ts";
import { storableFailure } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import type { TrialResult } from "../domain/trial/trial.ts";
import { notifyLive } from "../events/live.ts";

/** Begins it, or begins again what another worker did not come to the end of. Null: it was cancelled, or has ended. */
export async function claimTrial(db: Db, id: string) {
  const [trial] = await db.trial.updateManyAndReturn({
    where: { id, state: { in: ["waiting", "running"] } },
    data: { state: "running" },
  });
  if (trial === undefined) return null;
  await notifyLive(db, { type: "trial", applicationId: trial.applicationId, trialId: id });
  return trial;
}

/** Whether somebody still wants to see it. */
export async function isWanted(db: Db, id: string): Promise<boolean> {
  return (await db.trial.count({ where: { id, state: "running" } })) === 1;
}

export type TrialEnding = { result: TrialResult } | { failure: Failure };

/** False: it was cancelled meanwhile, and what was made of it is nobody's. */
export async function endTrial(db: Db, id: string, ending: TrialEnding): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const failure = "failure" in ending ? storableFailure(ending.failure) : null;
    const [trial] = await tx.trial.updateManyAndReturn({
      where: { id, state: "running" },
      data:
        "result" in ending
          ? { state: "succeeded", result: { ...ending.result } }
          : { state: "failed", errorCode: failure?.code, errorDetail: failure?.detail },
      select: { applicationId: true },
    });
    if (trial === undefined) return false;
    await notifyLive(tx, { type: "trial", applicationId: trial.applicationId, trialId: id });
    return true;
  });
}
