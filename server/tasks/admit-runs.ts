/**
 * Admission: of a pipeline's runs, at most `capacity` are admitted or running, taken by priority and then by age.
 *
 * Whoever ends a run (or widens a pipeline) admits the next, and whoever queues one admits it while there is room. Under
 * READ COMMITTED neither sees what the other has not committed, so both could leave a run queued beside a free place.
 * An advisory lock per pipeline prevents it: admitting takes it alone, queueing takes it shared and counts with the lock
 * held. Either the admitter waited for the queuer, and sees its run, or the queuer waited for the admitter, and sees the
 * room it made. (The pipeline's row would do as a lock but for one thing: newcomers may share a row
 * lock past one who waits to have it alone, so that a steady stream of new tasks would starve the workers.)
 *
 * Lock order in every transaction: task row, run and subtask rows, then this lock, held until commit.
 */
import { z } from "zod";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Tx } from "../db/client.ts";
import { enqueueAll } from "../jobs/enqueue.ts";

/** First half of the advisory lock's number, which the function "joinQueue" knows as well; the second is the pipeline's id. */
const ADMISSION_LOCKS = 7_215_002;

const admittedRuns = z.array(z.object({ id: z.string(), priority: z.int(), pipelinePriority: z.int() }));

/** Admits what there is room for, and enqueues its jobs in the same transaction. Answers how many. */
export async function admitRuns(tx: Tx, pipelineId: number): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADMISSION_LOCKS}::int, ${pipelineId}::int)`;
  // A statement of its own: it must see what was committed while the lock was waited for.
  const admitted = admittedRuns.parse(
    await tx.$queryRaw`
      WITH pipeline AS (
        SELECT "priority", "capacity" - (
          SELECT count(*) FROM "Run" WHERE "pipelineId" = ${pipelineId} AND "state" IN ('admitted', 'running')
        ) AS free
        FROM "Pipeline" WHERE "id" = ${pipelineId} AND NOT "paused"
      ), chosen AS (
        SELECT "id" FROM "Run" WHERE "pipelineId" = ${pipelineId} AND "state" = 'queued'
        ORDER BY "priority" DESC, "createdAt", "id"
        LIMIT greatest(0, coalesce((SELECT free FROM pipeline), 0))
        -- One that is being cancelled is left alone: its transaction waits for our lock next.
        FOR NO KEY UPDATE SKIP LOCKED
      )
      UPDATE "Run" SET "state" = 'admitted', "admittedAt" = clock_timestamp()
      FROM chosen, pipeline WHERE "Run"."id" = chosen."id"
      RETURNING "Run"."id", "Run"."priority", pipeline."priority" AS "pipelinePriority"`,
  );
  await enqueueRuns(tx, admitted);
  return admitted.length;
}

/** Of pipeline `p`. */
export const HAS_ROOM = Prisma.sql`"hasRoom"(p."id")`;

/**
 * Of a row with a `pipelineId`, in the statement that queues its runs: locks admission shared until that commits, and answers
 * whether there is room. If so, the caller admits after that: two who did it while holding the lock would wait for each other.
 */
export const JOIN_QUEUE = Prisma.sql`"joinQueue"("pipelineId")`;

/** A pipeline of the application; its default one when none is named. */
export interface PipelineChoice {
  applicationId: number;
  pipelineId?: number;
}

export function chosenPipeline({ applicationId, pipelineId }: PipelineChoice): Prisma.Sql {
  const which = pipelineId === undefined ? Prisma.sql`p."isDefault"` : Prisma.sql`p."id" = ${pipelineId}`;
  return Prisma.sql`"Pipeline" p WHERE p."applicationId" = ${applicationId} AND ${which}`;
}

export async function findPipeline(tx: Tx, choice: PipelineChoice): Promise<number | null> {
  const [pipeline] = await tx.$queryRaw<{ id: number }[]>`SELECT p."id" FROM ${chosenPipeline(choice)}`;
  return pipeline?.id ?? null;
}

/** The job's key is the run's id: a run has one job, however often it is enqueued. */
export async function enqueueRuns(tx: Tx, runs: z.output<typeof admittedRuns>): Promise<void> {
  const jobs = runs.map((run) => ({
    payload: { runId: run.id },
    jobKey: run.id,
    priority: jobPriorityOf(run.pipelinePriority, run.priority),
  }));
  await enqueueAll(tx, "run", jobs);
}

/** Pipelines first, then tasks of one pipeline among each other. The queue runs lower numbers first, and has 16 bits for them. */
function jobPriorityOf(pipelinePriority: number, taskPriority: number): number {
  const bounded = Math.max(-1000, Math.min(1000, pipelinePriority));
  return 0 - (bounded * 21 + taskPriority);
}
