/** What finishing, releasing and sweeping have in common: a run ends, and each of its subtasks ends or waits again. */
import { z } from "zod";
import type { Tx } from "../db/client.ts";
import { storableFailure } from "../db/rows.ts";
import type { Failure } from "../domain/error.ts";
import { admitRuns } from "./admit-runs.ts";
import { advanceSubtasks, type SubtaskMove } from "./advance-subtask.ts";
import type { LockedTask } from "./lock-task.ts";
import { type NewRun, queueRuns } from "./queue-runs.ts";

const runningRun = z.object({
  id: z.string(),
  fencing: z.bigint(),
  attempt: z.int(),
  createdAt: z.date(),
  cancelRequestedAt: z.date().nullable(),
  /** The subtasks it holds, in order. */
  subtasks: z.array(z.object({ id: z.string(), number: z.int(), kind: z.string() })),
});
export type RunningRun = z.output<typeof runningRun>;

/** Of a run whose task is locked, so this stays true until the transaction ends. Null when it does not run. */
export async function readRunningRun(tx: Tx, runId: string): Promise<RunningRun | null> {
  const run = await tx.run.findFirst({
    where: { id: runId, state: "running" },
    select: {
      id: true,
      fencing: true,
      attempt: true,
      createdAt: true,
      cancelRequestedAt: true,
      current: {
        select: { id: true, number: true, kind: true },
        where: { state: "processing" },
        orderBy: { number: "asc" },
      },
    },
  });
  return run && runningRun.parse({ ...run, subtasks: run.current });
}

export interface RunEnding {
  state: "succeeded" | "failed" | "lost" | "cancelled";
  failure: Failure | null;
  /** Those of its subtasks that end with it. */
  ended: readonly SubtaskEnding[];
  /** Runs for the others, which wait again. */
  next: readonly NewRun[];
}

export type SubtaskEnding = { id: string } & ({ to: "succeeded" | "cancelled" } | { to: "failed"; failure: Failure });

/** Ends a run of a locked task, queues the next attempt, and admits what there is room for now. */
export async function endRun(tx: Tx, task: LockedTask, run: RunningRun, ending: RunEnding): Promise<void> {
  const failure = ending.failure && storableFailure(ending.failure);
  await tx.$executeRaw`
    UPDATE "Run" SET "state" = ${ending.state}::"RunState", "endedAt" = clock_timestamp(), "leaseExpiresAt" = NULL,
      "remainingSeconds" = NULL, "errorCode" = ${failure?.code ?? null}, "errorDetail" = ${failure?.detail ?? null}
    WHERE "id" = ${run.id} AND "fencing" = ${run.fencing} AND "state" = 'running'`;
  const { createdAt } = run;
  const next = ending.next.map((one) => ({ ...one, createdAt }));
  const queued = next.length === 0 ? [] : await queueRuns(tx, task, next);
  await advanceSubtasks(tx, task, [
    ...ending.ended.map(moveOf),
    ...queued.map(({ id, runId }): SubtaskMove => ({ id, to: "waiting", runId })),
  ]);
  await admitRuns(tx, task.pipelineId);
}

function moveOf(subtask: SubtaskEnding): SubtaskMove {
  return subtask.to === "failed" ? { ...subtask, failure: storableFailure(subtask.failure) } : subtask;
}
