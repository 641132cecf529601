import type { Tx } from "../db/client.ts";

/** A task whose row this transaction has locked: nobody else moves its subtasks or runs until it ends. */
export interface LockedTask {
  id: string;
  applicationId: number;
  mediaId: string;
  pipelineId: number;
  priority: number;
  outputDir: string | null;
}

// NO KEY: rows that merely refer to the task (a log line, an output) need not wait.

export async function lockTask(tx: Tx, applicationId: number, taskId: string): Promise<LockedTask | null> {
  const [task] = await tx.$queryRaw<LockedTask[]>`
    SELECT "id", "applicationId", "mediaId", "pipelineId", "priority", "outputDir" FROM "Task"
    WHERE "id" = ${taskId} AND "applicationId" = ${applicationId}
    FOR NO KEY UPDATE`;
  return task ?? null;
}

export async function lockTaskOfRun(tx: Tx, runId: string): Promise<LockedTask | null> {
  const [task] = await tx.$queryRaw<LockedTask[]>`
    SELECT "id", "applicationId", "mediaId", "pipelineId", "priority", "outputDir" FROM "Task"
    WHERE "id" = (SELECT "taskId" FROM "Run" WHERE "id" = ${runId})
    FOR NO KEY UPDATE`;
  return task ?? null;
}
