/** Puts right what a dead worker, or a lost job, left behind. Every worker does this every few seconds; once would do. */
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { ATTEMPTS_MAX } from "../domain/task.ts";
import { enqueueAll } from "../jobs/enqueue.ts";
import { admitRuns, enqueueRuns, HAS_ROOM } from "./admit-runs.ts";
import { endRun, type RunEnding, type RunningRun, readRunningRun } from "./end-run.ts";
import { LEASE_SECONDS } from "./lease.ts";
import { lockTaskOfRun } from "./lock-task.ts";
import { prefixesOf } from "./run-files.ts";

/** Between taking a job and claiming its run a worker does nothing else: this long means that it died in between. */
const CLAIM_SECONDS_MAX = 15;

export interface Swept {
  /** Runs whose worker is gone; each was tried again, failed or cancelled. */
  lost: number;
  /** Runs that were admitted but had no job that anybody would take. */
  requeued: number;
  /** Runs that waited although there was room. */
  admitted: number;
}

/**
 * While the database was down nobody could renew a lease, so after it comes up everybody gets the time of one:
 * `restartGraceSeconds`.
 */
export async function sweepRuns(db: Db, restartGraceSeconds = LEASE_SECONDS): Promise<Swept> {
  return {
    lost: await sweepExpired(db, restartGraceSeconds),
    requeued: await requeueStuck(db),
    admitted: await admitForgotten(db),
  };
}

async function sweepExpired(db: Db, restartGraceSeconds: number): Promise<number> {
  const expired = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Run"
    WHERE "state" = 'running' AND "leaseExpiresAt" < clock_timestamp()
      AND pg_postmaster_start_time() < clock_timestamp() - make_interval(secs => ${restartGraceSeconds})
    ORDER BY "leaseExpiresAt"`;
  let lost = 0;
  for (const { id } of expired) if (await loseRun(db, id)) lost += 1;
  return lost;
}

async function loseRun(db: Db, runId: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const task = await lockTaskOfRun(tx, runId);
    // Asked again under lock: another may have swept it, or its worker renewed it after all.
    const expired = await tx.$queryRaw<unknown[]>`
      SELECT FROM "Run" WHERE "id" = ${runId} AND "state" = 'running' AND "leaseExpiresAt" < clock_timestamp() FOR UPDATE`;
    if (task === null || expired.length === 0) return false;
    const run = await readRunningRun(tx, runId);
    if (run === null) return false;
    // What it may have published was never recorded, so nothing refers to it.
    const prefixes = prefixesOf({ ...task, taskId: task.id, runId }, run.subtasks);
    await enqueueAll(
      tx,
      "removeFiles",
      prefixes.map((prefix) => ({ payload: { prefix } })),
    );
    const failure: Failure = { code: "WORKER_LOST", detail: `attempt ${run.attempt} of ${ATTEMPTS_MAX}` };
    await endRun(tx, task, run, endingOf(run, failure));
    return true;
  });
}

function endingOf({ attempt, subtasks, cancelRequestedAt }: RunningRun, failure: Failure): RunEnding {
  const ended = (ending: { to: "cancelled" } | { to: "failed"; failure: Failure }) =>
    subtasks.map(({ id }) => ({ id, ...ending }));
  if (cancelRequestedAt !== null) {
    return { state: "cancelled", failure, ended: ended({ to: "cancelled" }), next: [] };
  }
  if (attempt === ATTEMPTS_MAX) return { state: "lost", failure, ended: ended({ to: "failed", failure }), next: [] };
  // Apart: it may have been one of them, or all together, that was too much for the worker.
  const next = subtasks.map(({ id }) => ({ attempt: attempt + 1, subtaskIds: [id] }));
  return { state: "lost", failure, ended: [], next };
}

async function requeueStuck(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    const stuck = await tx.$queryRaw<{ id: string; priority: number; pipelinePriority: number }[]>`
      SELECT r."id", r."priority", p."priority" AS "pipelinePriority"
      FROM "Run" r JOIN "Pipeline" p ON p."id" = r."pipelineId"
      WHERE r."state" = 'admitted'
        AND r."admittedAt" < clock_timestamp() - make_interval(secs => ${CLAIM_SECONDS_MAX})
        AND NOT EXISTS (
          SELECT FROM graphile_worker._private_jobs j
          WHERE j.key = r."id" AND (
            -- After a few failures the queue waits for hours, with the run holding its place in the pipeline.
            j.is_available AND j.run_at < clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS_MAX})
            OR j.locked_at > clock_timestamp() - make_interval(secs => ${CLAIM_SECONDS_MAX})
          )
        )
      FOR UPDATE OF r SKIP LOCKED`;
    if (stuck.length === 0) return 0;
    // Enqueueing under the key of a job somebody holds would leave that job behind for ever; its holder is gone.
    await tx.$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE key = ANY (${stuck.map((run) => run.id)})`;
    await enqueueRuns(tx, stuck);
    return stuck.length;
  });
}

async function admitForgotten(db: Db): Promise<number> {
  const pipelines = await db.$queryRaw<{ id: number }[]>`
    SELECT p."id" FROM "Pipeline" p
    WHERE EXISTS (SELECT FROM "Run" r WHERE r."pipelineId" = p."id" AND r."state" = 'queued') AND ${HAS_ROOM}`;
  let admitted = 0;
  for (const pipeline of pipelines) admitted += await inTransaction(db, (tx) => admitRuns(tx, pipeline.id));
  return admitted;
}
