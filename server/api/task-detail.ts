import type { Failure } from "#domain/error.ts";
import { mediaInfo } from "#domain/media.ts";
import { referencesOf } from "#domain/references.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { failureOf, storedCommands, storedOperation } from "../db/rows.ts";
import type { FileLinks } from "../files/file-links.ts";
import type { RunLog, SubtaskDetail, TaskDetail } from "./rows.ts";
import { subtaskColumns, subtaskRowOf, taskColumns, taskRowOf } from "./task-rows.ts";

export async function readTask(
  db: Db,
  links: FileLinks,
  applicationId: number,
  taskId: string,
): Promise<Result<TaskDetail, Failure>> {
  const task = await db.task.findFirst({
    where: { id: taskId, applicationId },
    select: {
      ...taskColumns,
      sessionId: true,
      sessionContext: true,
      notifyMode: true,
      outputDir: true,
      createdById: true,
      pipeline: { select: { name: true } },
      subtasks: { orderBy: { number: "asc" }, select: subtaskColumns },
    },
  });
  if (task === null) return fail({ code: "TASK_NOT_FOUND", detail: taskId });
  const { sessionId, sessionContext, notifyMode, outputDir, createdById, pipeline, subtasks, ...row } = task;
  const bars = subtasks.map(({ id, number, state, kind, progressPercent }) => ({
    ...{ id, number, state, kind, progressPercent },
  }));
  return ok({
    ...taskRowOf({ ...row, subtasks: bars }, links),
    ...{ sessionId, sessionContext, notifyMode, outputDir },
    pipelineName: pipeline.name,
    createdByName: await userNameOf(db, createdById),
    subtaskRows: subtasks.map((subtask) => subtaskRowOf(subtask, row.media.name, links)),
  });
}

export async function userNameOf(db: Db, userId: string | null): Promise<string | null> {
  if (userId === null) return null;
  return (await db.user.findUnique({ where: { id: userId }, select: { name: true } }))?.name ?? null;
}

export async function readSubtask(
  db: Db,
  links: FileLinks,
  applicationId: number,
  subtaskId: string,
): Promise<Result<SubtaskDetail, Failure>> {
  const subtask = await db.subtask.findFirst({
    where: { id: subtaskId, task: { applicationId } },
    select: {
      ...subtaskColumns,
      operation: true,
      task: { select: { id: true, media: { select: { id: true, name: true, info: true } } } },
      runs: {
        select: { run: { include: withSubtaskNumbers } },
        orderBy: [{ run: { createdAt: "desc" } }, { run: { attempt: "desc" } }],
      },
    },
  });
  if (subtask === null) return fail({ code: "SUBTASK_NOT_FOUND", detail: subtaskId });
  const { operation, task, runs, ...row } = subtask;
  const hosts = await workerHosts(
    db,
    runs.flatMap(({ run }) => run.workerId ?? []),
  );
  const named = referencesOf(operation).flatMap((reference) => (reference.of === "media" ? reference.id : []));
  return ok({
    ...subtaskRowOf(row, task.media.name, links),
    taskId: task.id,
    // Parameters of a task from before a release that knows others are not shown, and hurt nobody.
    operation: storedOperation.safeParse(operation).data ?? null,
    inputs: await db.media.findMany({
      where: { id: { in: named }, applicationId },
      select: { id: true, name: true },
    }),
    media: { ...task.media, info: mediaInfo.parse(task.media.info) },
    zipUrl: row.outputs.length > 0 ? links.subtaskZipUrl(row.id) : null,
    runs: runs.map(({ run }) => {
      const { id, attempt, state, workerId, createdAt, startedAt, endedAt } = run;
      const workerHost = workerId === null ? null : (hosts.get(workerId) ?? workerId);
      const commands = storedCommands.parse(run.commands);
      return {
        ...{ id, attempt, state, workerHost, createdAt, startedAt, endedAt },
        ...{ error: failureOf(run), subtaskNumbers: numbersOf(run), commands },
      };
    }),
  });
}

const withSubtaskNumbers = { subtasks: { select: { subtask: { select: { number: true } } } } } as const;

function numbersOf({ subtasks }: { subtasks: { subtask: { number: number } }[] }): number[] {
  return subtasks.map(({ subtask }) => subtask.number).sort((a, b) => a - b);
}

async function workerHosts(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const workers = await db.worker.findMany({ where: { id: { in: ids } }, select: { id: true, host: true } });
  return new Map(workers.map((worker) => [worker.id, worker.host]));
}

const ENDED = ["succeeded", "failed", "lost", "cancelled"];

/** What ffmpeg said: all of it, or what came after a chunk. */
export async function readLog(
  db: Db,
  applicationId: number,
  runId: string,
  afterNumber?: number,
): Promise<Result<RunLog, Failure>> {
  // The state first: whatever a run wrote, it wrote before it ended.
  const run = await db.run.findFirst({ where: { id: runId, task: { applicationId } }, select: { state: true } });
  if (run === null) return fail({ code: "RUN_NOT_FOUND", detail: runId });
  const chunks = await db.runLogChunk.findMany({
    where: { runId, ...(afterNumber !== undefined && { number: { gt: afterNumber } }) },
    orderBy: { number: "asc" },
    select: { number: true, text: true },
  });
  return ok({ chunks, ended: ENDED.includes(run.state) });
}
