/**
 * The queue takes a worker for dead after four hours. Here its locks are leases: living workers renew theirs every few
 * seconds, and a job whose lock is older goes to another worker.
 */
import type { Db } from "#server/db/client.ts";

const LOCK_SECONDS = 15;

/** Of the jobs in progress here: `lockNames` are those of this process's runners. */
export async function renewLocks(db: Db, lockNames: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE graphile_worker._private_jobs SET locked_at = clock_timestamp() WHERE locked_by = ANY (${lockNames})`;
}

/** While the database was down nobody could renew, so a while after its start everything counts as renewed. */
export async function breakStaleLocks(db: Db, restartGraceSeconds = LOCK_SECONDS): Promise<void> {
  await db.$executeRaw`
    SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by)) FROM graphile_worker.jobs
    WHERE locked_at < clock_timestamp() - make_interval(secs => ${LOCK_SECONDS})
      AND pg_postmaster_start_time() < clock_timestamp() - make_interval(secs => ${restartGraceSeconds})
    HAVING count(*) > 0`;
}
