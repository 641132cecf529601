import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { CHANNELS } from "../domain/live.ts";
import { notifyLive } from "../events/live.ts";

interface Whose {
  applicationId: number;
  createdById: string;
  /** Absent: all of them. */
  id?: string;
}

/** What waits is not begun, and what runs is stopped by its worker, which hears of it at once. */
export async function cancelUnended(tx: Tx, whose: Whose): Promise<void> {
  const cancelled = await tx.trial.updateManyAndReturn({
    where: { ...whose, state: { in: ["waiting", "running"] } },
    data: { state: "cancelled" },
    select: { id: true, applicationId: true },
  });
  for (const { id, applicationId } of cancelled) {
    await tx.$executeRaw`SELECT pg_notify(${CHANNELS.cancel}, ${JSON.stringify({ runId: id })})`;
    await notifyLive(tx, { type: "trial", applicationId, trialId: id });
  }
}

/** Nobody looks any more. One that has ended stays as it is. */
export async function cancelTrial(db: Db, whose: Required<Whose>): Promise<void> {
  await inTransaction(db, (tx) => cancelUnended(tx, whose));
}
