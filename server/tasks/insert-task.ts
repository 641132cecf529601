import { Prisma } from "../../prisma/generated/client.ts";
import { PREPARED, type Tx } from "../db/client.ts";
import { failureOf } from "../db/rows.ts";
import type { Failure } from "../domain/error.ts";
import { newId } from "../domain/id.ts";
import type { SubtaskDraft } from "../domain/procedure.ts";
import { referencesOf } from "../domain/references.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { notification } from "../events/live.ts";
import { chosenPipeline, findPipeline, JOIN_QUEUE } from "./admit-runs.ts";
import { advanceSubtasks, recordTaskFinished } from "./advance-subtask.ts";
import type { DraftedWork } from "./draft-subtasks.ts";
import type { CreatedTask, NewTask } from "./new-task.ts";
import { newRunIds } from "./queue-runs.ts";

export interface GroupedWork extends DraftedWork {
  /** Those of its subtasks that have something to run, by the run that carries them out. */
  groups: readonly (readonly SubtaskDraft[])[];
}

/**
 * joins: the queue of its pipeline, and the caller admits after the transaction, if there is room. alone: the same, without a
 * transaction around it, and so only where nothing but the insert has to be done. admits: the caller admits in its own.
 */
export type Queueing = "joins" | "alone" | "admits";

export interface QueuedTask extends CreatedTask {
  pipelineId: number;
  /** Never where the caller admits. */
  hasRoom: boolean;
}

interface Inserted {
  pipelineId: number;
  hasRoom: boolean;
  /** Why the media cannot be read. */
  errorCode: string | null;
  errorDetail: string | null;
}

/**
 * Writes a task with its subtasks, and a run for each group of them. One statement does it all: tasks come in by the hundred
 * a second, and most of what each costs is the way to the database and back.
 */
export async function insertTask(
  tx: Tx,
  task: NewTask,
  work: GroupedWork,
  queueing: Queueing,
): Promise<Result<QueuedTask, Failure>> {
  const { applicationId, mediaId } = task;
  const taskId = task.taskId ?? newId();
  const runIds = newRunIds(work.groups.length);
  const rows = work.subtasks.map((draft, index) => ({
    id: newId(),
    number: index + 1,
    kind: draft.kind,
    operation: draft.operation,
    templateDefinition: draft.template?.definition,
    templateVersion: draft.template?.version,
    templateName: draft.template?.name,
    runId: runIds[work.groups.findIndex((group) => group.includes(draft))],
    failure: draft.failure,
  }));
  const inputs = referencesOf(rows.map((row) => row.operation)).flatMap(({ of, id }) => (of === "media" ? id : []));
  const priority = task.priority ?? work.priority ?? 0;
  const kinds = [...new Set(rows.map((row) => row.kind))].sort();
  // A flow may have nothing to do on a media, and that is no failure of either: there is a task that says so, told as ended.
  const state = rows.length === 0 ? "succeeded" : "waiting";
  const [inserted] = await tx.$queryRaw<Inserted[]>`
    ${PREPARED} WITH pipeline AS (
      SELECT p."id" FROM ${chosenPipeline(task)}
    ), media AS (
      -- Whoever deletes the media locks its row alone, and counts its tasks after that.
      SELECT m."id", m."errorCode", m."errorDetail", pipeline."id" AS "pipelineId" FROM pipeline, "Media" m
      WHERE m."id" = ${mediaId} AND m."applicationId" = ${applicationId} AND m."deletedAt" IS NULL
        AND (${queueing !== "alone"} OR m."errorCode" IS NULL)
      FOR KEY SHARE OF m
    ), input AS (
      -- Held in the same way. What is gone already fails the subtasks that need it, and no others.
      SELECT m."id" FROM media, "Media" m
      WHERE m."id" = ANY (${inputs}) AND m."applicationId" = ${applicationId} AND m."deletedAt" IS NULL
      ORDER BY m."id" FOR KEY SHARE OF m
    ), inputs AS (
      INSERT INTO "TaskInput" ("taskId", "mediaId") SELECT ${taskId}, "id" FROM input
    ), subtask AS (
      -- On a media that cannot be read there is nothing to run.
      SELECT s."id", s."number", s."kind", s."operation", s."templateDefinition", s."templateVersion", s."templateName",
        CASE WHEN media."errorCode" IS NULL THEN s."runId" END AS "runId", media."pipelineId"
      FROM media, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(
        "id" text, "number" int, "kind" text, "operation" jsonb,
        "templateDefinition" int, "templateVersion" int, "templateName" text, "runId" text)
    ), runs AS (
      INSERT INTO "Run" ("id", "taskId", "pipelineId", "priority")
      SELECT DISTINCT "runId", ${taskId}, "pipelineId", ${priority}::int FROM subtask WHERE "runId" IS NOT NULL
    ), subtasks AS (
      INSERT INTO "Subtask" ("id", "taskId", "number", "kind", "operation",
        "templateDefinition", "templateVersion", "templateName", "runId")
      SELECT "id", ${taskId}, "number", "kind", coalesce("operation", 'null'),
        "templateDefinition", "templateVersion", "templateName", "runId" FROM subtask
    ), held AS (
      INSERT INTO "RunSubtask" ("runId", "subtaskId") SELECT "runId", "id" FROM subtask WHERE "runId" IS NOT NULL
    )
    INSERT INTO "Task" ("id", "applicationId", "mediaId", "pipelineId", "procedureName", "procedureVersion", "procedureText", "priority",
      "startedBy", "notifyMode", "sessionId", "sessionContext", "outputDir", "createdById", "kinds", "endedAt")
    SELECT ${taskId}, ${applicationId}::int, "id", "pipelineId", ${work.procedureName}, ${work.procedureVersion}::int, ${work.procedureText},
      ${priority}::int,
      ${task.startedBy}::"StartedBy", ${task.notifyMode ?? "finish"}::"NotifyMode", ${task.sessionId || null},
      ${task.sessionContext ?? ""}, ${task.outputDir ?? null}, ${task.createdById ?? null}, ${kinds},
      -- The trigger that counts subtasks has none to count.
      CASE WHEN ${rows.length === 0} THEN clock_timestamp() END
    FROM media
    RETURNING "pipelineId", ${queueing === "admits" ? Prisma.sql`false` : JOIN_QUEUE} AS "hasRoom",
      (SELECT "errorCode" FROM media) AS "errorCode", (SELECT "errorDetail" FROM media) AS "errorDetail",
      ${notification({ type: "task", applicationId, taskId, mediaId, state })}::text AS "notified"`;
  if (inserted === undefined) return whatIsMissing(tx, task);

  const about = { id: taskId, applicationId, mediaId };
  const unreadable = failureOf(inserted);
  const failed = rows.flatMap(({ id, failure: own }) => {
    const failure = own ?? unreadable;
    return failure === null ? [] : [{ id, to: "failed" as const, failure }];
  });
  await advanceSubtasks(tx, about, failed);
  if (rows.length === 0) {
    await recordTaskFinished(tx, about, state, { waiting: 0, processing: 0, succeeded: 0, failed: 0, cancelled: 0 });
  }
  const { pipelineId, hasRoom } = inserted;
  return ok({ taskId, pipelineId, hasRoom });
}

async function whatIsMissing(tx: Tx, task: NewTask): Promise<Result<never, Failure>> {
  return (await findPipeline(tx, task)) === null
    ? fail({ code: "PIPELINE_NOT_FOUND", detail: `${task.pipelineId ?? "default"}` })
    : fail({ code: "MEDIA_NOT_FOUND", detail: task.mediaId });
}
