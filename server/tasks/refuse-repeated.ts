import type { Tx } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import { fail, type Result } from "../domain/result.ts";
import type { TaskRequest } from "./new-task.ts";

/** What the API promises: a session is remembered longer when the task names its procedure. */
const SESSION_DAYS = { usual: 3, apiProcedure: 7 };

type Session = Pick<TaskRequest, "applicationId" | "sessionId" | "startedBy" | "procedureName">;

/** Two calls of one session take turns, so that the second sees what the first has made. Pulls and tasks share their ids. */
export async function refuseRepeated(tx: Tx, session: Session): Promise<Result<never, Failure> | null> {
  const { applicationId, sessionId } = session;
  if (sessionId === undefined || sessionId === "") return null;
  const days =
    session.startedBy === "api" && session.procedureName !== undefined ? SESSION_DAYS.apiProcedure : SESSION_DAYS.usual;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`session ${applicationId} ${sessionId}`}, 0))`;
  const [earlier] = await tx.$queryRaw<{ id: string }[]>`
    WITH since AS (SELECT clock_timestamp() - make_interval(days => ${days}::int) AS t)
    SELECT "id" FROM since, "Task"
    WHERE "applicationId" = ${applicationId} AND "sessionId" = ${sessionId} AND "createdAt" > t
    UNION ALL
    SELECT "id" FROM since, "Upload"
    WHERE "applicationId" = ${applicationId} AND "sessionId" = ${sessionId} AND "createdAt" > t
    UNION ALL
    SELECT p."id" FROM since, "Upload" u JOIN "PlannedTask" p ON p."uploadId" = u."id"
    WHERE u."applicationId" = ${applicationId} AND u."state" IN ('receiving', 'checking')
      AND p."request" ->> 'sessionId' = ${sessionId} AND p."createdAt" > t
    LIMIT 1`;
  return earlier === undefined ? null : fail({ code: "SESSION_REPEATED", detail: earlier.id });
}
