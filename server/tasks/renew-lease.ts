import type { Db } from "../db/client.ts";
import { LEASE_SECONDS, type RunHold } from "./lease.ts";

/**
 * "cancel": still held, and a user wants it stopped. "lost": given to another attempt; stop, and publish nothing.
 * A lease that has expired but that nobody acted on is held again.
 */
export async function renewLease(db: Db, { runId, fencing }: RunHold): Promise<"held" | "cancel" | "lost"> {
  const [run] = await db.$queryRaw<{ cancelRequestedAt: Date | null }[]>`
    UPDATE "Run" SET "leaseExpiresAt" = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE "id" = ${runId} AND "fencing" = ${fencing} AND "state" = 'running'
    RETURNING "cancelRequestedAt"`;
  if (run === undefined) return "lost";
  return run.cancelRequestedAt === null ? "held" : "cancel";
}
