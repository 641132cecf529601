import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { trialPrefix } from "../storage/layout.ts";

/** A page asks for its trial every few seconds. When it has not for this long, nobody looks any more. */
export const SEEN_SECONDS = 30;

/** Files of those that have expired go, and with them the rows; those nobody waits for are not carried out. */
export async function sweepTrials(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    await tx.$executeRaw`
      UPDATE "Trial" SET "state" = 'cancelled' WHERE "state" IN ('waiting', 'running')
        AND "seenAt" < clock_timestamp() - make_interval(secs => ${SEEN_SECONDS})`;
    const expired = await tx.trial.findMany({
      where: { expiresAt: { lt: new Date() }, state: { notIn: ["waiting", "running"] } },
      select: { id: true, applicationId: true },
      take: 100,
    });
    const { count } = await tx.trial.deleteMany({ where: { id: { in: expired.map(({ id }) => id) } } });
    for (const trial of expired) await enqueue(tx, "removeFiles", { prefix: trialPrefix(trial) });
    return count;
  });
}
