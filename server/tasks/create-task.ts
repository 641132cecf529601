import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { fail, type Result } from "../domain/result.ts";
import { isStorageKey } from "../storage/key.ts";
import { admitRuns, holdAdmission } from "./admit-runs.ts";
import { type DraftedWork, draftSubtasks } from "./draft-subtasks.ts";
import { insertTask } from "./insert-task.ts";
import type { CreatedTask, NewTask } from "./new-task.ts";

/** What the API promises: a session is remembered longer when the task names its procedure. */
const SESSION_DAYS = { usual: 3, apiProcedure: 7 };

/**
 * Task, subtasks and runs exist together, or not at all, and what there is room for is admitted with them.
 * Looked up before the transaction starts: templates and procedures, which nobody can change in a way that matters here.
 */
export async function createTask(db: Db, task: NewTask): Promise<Result<CreatedTask, Failure>> {
  const work = await draftWork(db, task);
  if (!work.ok) return work;
  const outcome = await inTransaction(db, async (tx) => {
    const refused = await refuseRepeated(tx, task);
    if (refused !== null) return { created: refused, admitLater: null };
    const pipeline = await readPipeline(tx, task);
    if (pipeline === null) return { created: pipelineMissing(task), admitLater: null };
    if (pipeline.hasRoom) {
      const created = await insertTask(tx, pipeline.id, task, work.value);
      if (created.ok) await admitRuns(tx, pipeline.id);
      return { created, admitLater: null };
    }
    // A full pipeline is the busy case: creators do not wait for each other, only for whoever is admitting.
    await holdAdmission(tx, pipeline.id);
    const created = await insertTask(tx, pipeline.id, task, work.value);
    const hasRoomNow = created.ok && (await readPipeline(tx, task))?.hasRoom;
    return { created, admitLater: hasRoomNow ? pipeline.id : null };
  });
  // Room was made meanwhile. Admitting takes the lock we held shared alone, so it cannot be done before that ends.
  const { admitLater } = outcome;
  if (admitLater !== null) await inTransaction(db, (tx) => admitRuns(tx, admitLater));
  return outcome.created;
}

/** The same as part of a transaction. Locks admission until that ends, so it comes late in it; and run it by `inTransaction`. */
export async function createTaskInTx(tx: Tx, task: NewTask): Promise<Result<CreatedTask, Failure>> {
  const work = await draftWork(tx, task);
  if (!work.ok) return work;
  const refused = await refuseRepeated(tx, task);
  if (refused !== null) return refused;
  const pipeline = await readPipeline(tx, task);
  if (pipeline === null) return pipelineMissing(task);
  const created = await insertTask(tx, pipeline.id, task, work.value);
  if (created.ok) await admitRuns(tx, pipeline.id);
  return created;
}

async function draftWork(tx: Tx, task: NewTask): Promise<Result<DraftedWork, Failure>> {
  if (task.outputDir !== undefined && !isStorageKey(task.outputDir)) {
    return fail({ code: "INVALID_PARAMETER", detail: `outputDir: ${task.outputDir}` });
  }
  return draftSubtasks(tx, task.applicationId, task);
}

function pipelineMissing(task: NewTask): Result<never, Failure> {
  return fail({ code: "PIPELINE_NOT_FOUND", detail: `${task.pipelineId ?? "default"}` });
}

/** Two calls of one session take turns, so that the second sees what the first has made. */
async function refuseRepeated(tx: Tx, task: NewTask): Promise<Result<never, Failure> | null> {
  const { applicationId, sessionId } = task;
  if (sessionId === undefined || sessionId === "") return null;
  const days =
    task.startedBy === "api" && task.procedureName !== undefined ? SESSION_DAYS.apiProcedure : SESSION_DAYS.usual;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`session ${applicationId} ${sessionId}`}, 0))`;
  const [earlier] = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Task"
    WHERE "applicationId" = ${applicationId} AND "sessionId" = ${sessionId}
      AND "createdAt" > clock_timestamp() - make_interval(days => ${days}::int)
    LIMIT 1`;
  return earlier === undefined ? null : fail({ code: "SESSION_REPEATED", detail: earlier.id });
}

const pipelineRow = z.object({ id: z.int(), hasRoom: z.boolean() });

async function readPipeline(
  tx: Tx,
  { applicationId, pipelineId }: NewTask,
): Promise<z.output<typeof pipelineRow> | null> {
  const [row] = await tx.$queryRaw<unknown[]>`
    SELECT p."id", NOT p."paused" AND p."capacity" > (
      SELECT count(*) FROM "Run" r WHERE r."pipelineId" = p."id" AND r."state" IN ('admitted', 'running')
    ) AS "hasRoom"
    FROM "Pipeline" p
    WHERE p."applicationId" = ${applicationId}
      AND CASE WHEN ${pipelineId ?? null}::int IS NULL THEN p."isDefault" ELSE p."id" = ${pipelineId ?? null}::int END`;
  return row === undefined ? null : pipelineRow.parse(row);
}
