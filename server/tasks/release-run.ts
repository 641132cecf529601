import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { endRun, readRunningRun } from "./end-run.ts";
import type { RunHold } from "./lease.ts";
import { lockTaskOfRun } from "./lock-task.ts";

/** Gives a run back because its worker is asked to stop: another goes on at once, and the attempt does not count. */
export async function releaseRun(db: Db, hold: RunHold): Promise<"released" | "lost"> {
  return inTransaction(db, async (tx) => {
    const task = await lockTaskOfRun(tx, hold.runId);
    const run = task && (await readRunningRun(tx, hold.runId));
    if (!task || !run || run.fencing !== hold.fencing) return "lost";
    const ids = run.subtasks.map(({ id }) => id);
    if (run.cancelRequestedAt !== null) {
      const ended = ids.map((id) => ({ id, to: "cancelled" as const }));
      await endRun(tx, task, run, { state: "cancelled", failure: null, ended, next: [] });
    } else {
      // Nothing went wrong, so what shared a run goes on sharing one.
      const next = [{ attempt: run.attempt, subtaskIds: ids }];
      await endRun(tx, task, run, { state: "lost", failure: null, ended: [], next });
    }
    return "released";
  });
}
