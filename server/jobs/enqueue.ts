import type { Tx } from "../db/client.ts";
import { JOBS, type JobName, type JobPayload } from "./catalog.ts";

export interface JobOptions {
  /** Lower runs first; 0 unless given. */
  priority?: number;
  /** A second job of the same key replaces a first that has not started. */
  jobKey?: string;
  runAt?: Date;
  /** Jobs of one queue run one after the other. */
  queue?: string;
}

export type NewJob<Name extends JobName> = JobOptions & { payload: JobPayload<Name> };

/** The queue is a table of the same database, so a job exists exactly if `tx` commits. */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: JobPayload<Name>,
  options: JobOptions = {},
): Promise<void> {
  await enqueueAll(tx, name, [{ payload, ...options }]);
}

export async function enqueueAll<Name extends JobName>(
  tx: Tx,
  name: Name,
  jobs: readonly NewJob<Name>[],
): Promise<void> {
  if (jobs.length === 0) return;
  await tx.$executeRaw`
    SELECT 1 FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW(${name}, job."payload", job."queue", job."runAt", ${JOBS[name].attemptsMax}, job."jobKey", job."priority", NULL)::graphile_worker.job_spec
      FROM jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb)
        AS job("payload" json, "runAt" timestamptz, "jobKey" text, "priority" int, "queue" text)
    ))`;
}
