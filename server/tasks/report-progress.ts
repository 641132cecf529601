import type { Db } from "../db/client.ts";
import { notifyLive } from "../events/live.ts";
import type { RunHold } from "./lease.ts";

export interface Progress {
  subtasks: { id: string; percent: number }[];
  /** Encoded seconds per second. */
  speed: number | null;
  remainingSeconds: number | null;
}

/** Stores how far a run is and tells the consoles. Says nothing and answers "lost" when the run is no longer held. */
export async function reportProgress(db: Db, hold: RunHold, progress: Progress): Promise<"held" | "lost"> {
  const { runId, fencing } = hold;
  const { speed, remainingSeconds } = progress;
  const subtasks = progress.subtasks.map(({ id, percent }) => ({ id, percent: Math.round(percent * 10) / 10 }));
  const average = subtasks.reduce((sum, { percent }) => sum + percent, 0) / Math.max(1, subtasks.length);
  const [held] = await db.$queryRaw<{ taskId: string; applicationId: number }[]>`
    WITH held AS (
      UPDATE "Run" r SET "progressPercent" = ${average}, "speed" = ${speed}, "remainingSeconds" = ${remainingSeconds}
      FROM "Task" t
      WHERE t."id" = r."taskId" AND r."id" = ${runId} AND r."fencing" = ${fencing} AND r."state" = 'running'
      RETURNING r."id", r."taskId", t."applicationId"
    ), advanced AS (
      UPDATE "Subtask" s SET "progressPercent" = p."percent"
      FROM held, jsonb_to_recordset(${JSON.stringify(subtasks)}::jsonb) AS p("id" text, "percent" float8)
      WHERE s."id" = p."id" AND s."runId" = held."id"
    )
    SELECT "taskId", "applicationId" FROM held`;
  if (held === undefined) return "lost";
  await notifyLive(db, { type: "progress", ...held, runId, subtasks, speed, remainingSeconds });
  return "held";
}
