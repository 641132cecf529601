/** Tasks whose ids are told before their media is there. They begin in the transaction that brings the media. */
import { z } from "zod";
import type { Failure } from "#domain/error.ts";
import { newId } from "#domain/id.ts";
import { operation } from "#domain/operations/operation.ts";
import { step } from "#domain/procedure.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { NOTIFY_MODES, STARTED_BY } from "#domain/task.ts";
import type { UploadState } from "../../prisma/generated/enums.ts";
import type { Db, Tx } from "../db/client.ts";
import { failureOf, storableFailure } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import { createTask, createTaskInTx, readWork } from "../tasks/create-task.ts";
import { draftSubtasks } from "../tasks/draft-subtasks.ts";
import type { CreatedTask, NewTask, TaskRequest } from "../tasks/new-task.ts";
import { refuseRepeated } from "../tasks/refuse-repeated.ts";

const terms = z.object({
  applicationId: z.int(),
  startedBy: z.enum(STARTED_BY),
  priority: z.int().optional(),
  pipelineId: z.int().optional(),
  notifyMode: z.enum(NOTIFY_MODES).optional(),
  sessionId: z.string().optional(),
  sessionContext: z.string().optional(),
  outputDir: z.string().optional(),
  createdById: z.string().optional(),
});

const storedRequest: z.ZodType<TaskRequest> = z.union([
  terms.extend({ procedureName: z.string(), procedureVersion: z.int().optional() }),
  terms.extend({ steps: z.array(step) }),
  terms.extend({ operations: z.array(operation) }),
]);

/** A task on a media; on one whose file is still being checked it begins when that has ended. */
export async function createTaskWhenThere(db: Db, task: NewTask): Promise<Result<CreatedTask, Failure>> {
  const created = await createTask(db, task);
  if (created.ok || created.failure.code !== "MEDIA_NOT_FOUND") return created;
  const planned = await inTransaction(db, async (tx) => {
    // Whoever brings the media locks its upload first, and reads what is planned after that.
    const [upload] = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Upload"
      WHERE "fileId" = ${task.mediaId} AND "applicationId" = ${task.applicationId} AND "state" = 'checking'
      FOR UPDATE`;
    return upload === undefined ? null : planTask(tx, upload.id, task);
  });
  // Null: there is no such media, or it came in this very moment.
  return planned ?? createTask(db, task);
}

/** What can be said of the work without its media is checked now. */
export async function planTask(tx: Tx, uploadId: string, task: TaskRequest): Promise<Result<CreatedTask, Failure>> {
  const repeated = await refuseRepeated(tx, task);
  if (repeated !== null) return repeated;
  const work = await readWork(tx, task);
  if (!work.ok) return work;
  const drafted = await draftSubtasks(tx, task.applicationId, work.value, null);
  if (!drafted.ok) return drafted;
  const id = newId();
  const request = JSON.parse(JSON.stringify(task));
  await tx.plannedTask.create({ data: { id, uploadId, applicationId: task.applicationId, request } });
  return ok({ taskId: id });
}

/** Begins what is planned on an upload whose media is there now. Answers the ids of the tasks. */
export async function beginPlanned(tx: Tx, uploadId: string, mediaId: string): Promise<string[]> {
  const planned = await tx.plannedTask.findMany({
    where: { uploadId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const begun: string[] = [];
  for (const { id, request } of planned) {
    const created = await createTaskInTx(tx, { ...storedRequest.parse(request), taskId: id, mediaId });
    if (created.ok) {
      begun.push(id);
      await tx.plannedTask.delete({ where: { id } });
    } else {
      // Something it names was deleted since. Whoever asks for it shall learn so.
      const { code: errorCode, detail: errorDetail } = storableFailure(created.failure);
      await tx.plannedTask.update({ where: { id }, data: { errorCode, errorDetail } });
    }
  }
  return begun;
}

export interface PlannedTask {
  id: string;
  createdAt: Date;
  request: TaskRequest;
  /** How far its file has come. */
  uploadState: UploadState;
  uploadId: string;
  /** Of the media it will work on. */
  fileId: string | null;
  /** Why it could not begin. */
  failure: Failure | null;
}

/** For whoever asks for a task by the id it was told. Null when it has begun, or never was. */
export async function findPlannedTask(db: Db, applicationId: number, id: string): Promise<PlannedTask | null> {
  const found = await db.plannedTask.findFirst({
    where: { id, applicationId },
    include: { upload: { select: { state: true, fileId: true } } },
  });
  if (found === null) return null;
  const { createdAt, request, uploadId, upload } = found;
  const failure = failureOf(found);
  return {
    ...{ id, createdAt, uploadId, failure, request: storedRequest.parse(request) },
    ...{ uploadState: upload.state, fileId: upload.fileId },
  };
}

/** Takes one away that has not begun. */
export async function cancelPlanned(db: Db, applicationId: number, id: string): Promise<Result<void, Failure>> {
  const { count } = await db.plannedTask.deleteMany({ where: { id, applicationId, errorCode: null } });
  return count > 0 ? ok(undefined) : fail({ code: "TASK_NOT_FOUND", detail: id });
}
