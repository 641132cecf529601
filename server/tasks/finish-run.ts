import type { Db, Tx } from "../db/client.ts";
import { outputFacts } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import { ERRORS, type Failure } from "../domain/error.ts";
import { newId } from "../domain/id.ts";
import type { DeclaredOutput } from "../domain/plan.ts";
import { ATTEMPTS_MAX } from "../domain/task.ts";
import { notifyLive } from "../events/live.ts";
import { enqueueAll } from "../jobs/enqueue.ts";
import { folderOf } from "../storage/key.ts";
import { endRun, type RunningRun, readRunningRun, type SubtaskEnding } from "./end-run.ts";
import type { RunHold } from "./lease.ts";
import { type LockedTask, lockTaskOfRun } from "./lock-task.ts";
import { type MadeMedia, recordMade } from "./record-made.ts";

/** An output that lies in the store. */
export interface PublishedOutput extends Pick<DeclaredOutput, "role" | "name" | "contentType" | "facts"> {
  storageKey: string;
  /** Of the file and its parts together. */
  sizeBytes: number;
  parts: { name: string; sizeBytes: number }[];
}

export type SubtaskOutcome = { id: string } & (
  | { state: "succeeded"; outputs: PublishedOutput[]; setsCover: boolean; made?: MadeMedia }
  | { state: "failed"; failure: Failure }
  | { state: "cancelled" }
);
type SucceededOutcome = Extract<SubtaskOutcome, { state: "succeeded" }>;

/** Names every subtask the run holds. */
export interface RunOutcome {
  subtasks: SubtaskOutcome[];
}

/**
 * Outputs, states, events, the media's cover, media that were made and the next admission, in one transaction. "lost": the run was given to
 * another attempt and nothing was written; what the caller published is its own to remove.
 */
export async function finishRun(db: Db, hold: RunHold, outcome: RunOutcome): Promise<"finished" | "lost"> {
  return inTransaction(db, async (tx) => {
    const task = await lockTaskOfRun(tx, hold.runId);
    const run = task && (await readRunningRun(tx, hold.runId));
    if (!task || !run || run.fencing !== hold.fencing) return "lost";
    const succeeded = outcome.subtasks.filter((subtask) => subtask.state === "succeeded");
    await replaceOutputs(tx, run, succeeded);
    await setCover(tx, task, succeeded);
    for (const { id, made } of succeeded) if (made !== undefined) await recordMade(tx, task, id, made);
    const failures = outcome.subtasks.flatMap((subtask) => (subtask.state === "failed" ? [subtask.failure] : []));
    const ended = outcome.subtasks.map((subtask) => endingOf(subtask, run));
    await endRun(tx, task, run, {
      state: runStateOf(outcome),
      failure: failures[0] ?? null,
      subtasks: ended,
      nextAttempt: run.attempt + 1,
    });
    return "finished";
  });
}

function runStateOf({ subtasks }: RunOutcome): "succeeded" | "failed" | "cancelled" {
  if (subtasks.some((subtask) => subtask.state === "failed")) return "failed";
  return subtasks.every((subtask) => subtask.state === "cancelled") ? "cancelled" : "succeeded";
}

function endingOf(outcome: SubtaskOutcome, run: RunningRun): SubtaskEnding {
  const { id } = outcome;
  if (outcome.state !== "failed") return { id, to: outcome.state };
  // Whoever cancels does not want another attempt.
  if (run.cancelRequestedAt !== null) return { id, to: "cancelled" };
  const again = ERRORS[outcome.failure.code].retry && run.attempt < ATTEMPTS_MAX;
  return again ? { id, to: "waiting" } : { id, to: "failed", failure: outcome.failure };
}

/** A restarted subtask has outputs of an earlier run until this one's take their place. */
async function replaceOutputs(tx: Tx, run: RunningRun, succeeded: readonly SucceededOutcome[]): Promise<void> {
  const subtaskId = { in: succeeded.map((subtask) => subtask.id) };
  const old = await tx.output.findMany({ where: { subtaskId }, select: { storageKey: true } });
  if (old.length > 0) {
    await tx.output.deleteMany({ where: { subtaskId } });
    const prefixes = new Set(old.map((output) => folderOf(output.storageKey)));
    await enqueueAll(
      tx,
      "removeFiles",
      Array.from(prefixes, (prefix) => ({ payload: { prefix } })),
    );
  }
  await tx.output.createMany({
    data: succeeded.flatMap((subtask) =>
      subtask.outputs.map((output, index) => ({
        id: newId(),
        subtaskId: subtask.id,
        runId: run.id,
        number: index + 1,
        role: output.role,
        name: output.name,
        contentType: output.contentType,
        storageKey: output.storageKey,
        sizeBytes: output.sizeBytes,
        facts: { ...outputFacts.parse(output.facts) },
        parts: output.parts.map((part) => ({ ...part })),
      })),
    ),
  });
}

async function setCover(tx: Tx, task: LockedTask, succeeded: readonly SucceededOutcome[]): Promise<void> {
  const cover = succeeded.findLast((subtask) => subtask.setsCover)?.outputs[0];
  if (cover === undefined) return;
  await tx.media.update({ where: { id: task.mediaId }, data: { coverKey: cover.storageKey } });
  await notifyLive(tx, { type: "media", applicationId: task.applicationId, mediaId: task.mediaId });
}
