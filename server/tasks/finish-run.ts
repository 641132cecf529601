import type { SealedContentKey } from "../content-keys/make-content-key.ts";
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
import type { NewRun } from "./queue-runs.ts";
import { type MadeMedia, recordMade } from "./record-made.ts";

/** An output that lies in the store. */
export interface PublishedOutput extends Pick<DeclaredOutput, "role" | "name" | "contentType" | "facts"> {
  storageKey: string;
  /** Of the file and its parts together. */
  sizeBytes: number;
  parts: { name: string; sizeBytes: number }[];
  /** What opens it; absent when it is not encrypted. */
  contentKey?: SealedContentKey;
}

export type SubtaskOutcome = { id: string } & (
  | { state: "succeeded"; outputs: PublishedOutput[]; setsCover: boolean; made?: MadeMedia }
  | { state: "failed"; failure: Failure }
  /** What it did together with others failed, whoever's fault that was. */
  | { state: "alone"; failure: Failure }
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
    const failures = outcome.subtasks.flatMap((subtask) => ("failure" in subtask ? [subtask.failure] : []));
    const next = outcome.subtasks.flatMap((subtask) => nextRunOf(subtask, run) ?? []);
    const again = new Set(next.flatMap(({ subtaskIds }) => subtaskIds));
    const ended = outcome.subtasks.filter(({ id }) => !again.has(id)).map((subtask) => endingOf(subtask, run));
    await endRun(tx, task, run, { state: runStateOf(outcome), failure: failures[0] ?? null, ended, next });
    return "finished";
  });
}

function runStateOf({ subtasks }: RunOutcome): "succeeded" | "failed" | "cancelled" {
  if (subtasks.some((subtask) => "failure" in subtask)) return "failed";
  return subtasks.every((subtask) => subtask.state === "cancelled") ? "cancelled" : "succeeded";
}

/** Each by itself, so that what is wrong with one touches no other. Null: there is nothing to try again. */
function nextRunOf(outcome: SubtaskOutcome, { attempt, cancelRequestedAt }: RunningRun): NewRun | null {
  const subtaskIds = [outcome.id];
  // Whoever cancels does not want another attempt.
  if (cancelRequestedAt !== null || !("failure" in outcome)) return null;
  // Not an attempt of its own, and so none that counts. It comes to this once: nothing is shared in a run of one.
  if (outcome.state === "alone") return { attempt, subtaskIds };
  const again = ERRORS[outcome.failure.code].retry && attempt < ATTEMPTS_MAX;
  return again ? { attempt: attempt + 1, subtaskIds } : null;
}

function endingOf(outcome: SubtaskOutcome, { cancelRequestedAt }: RunningRun): SubtaskEnding {
  const { id } = outcome;
  if (!("failure" in outcome)) return { id, to: outcome.state };
  return cancelRequestedAt === null ? { id, to: "failed", failure: outcome.failure } : { id, to: "cancelled" };
}

/** A restarted subtask has outputs of an earlier run, and their key, until this one's take their place. */
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
  const outputs = succeeded.flatMap((subtask) =>
    subtask.outputs.map((output, index) => ({ ...output, id: newId(), subtaskId: subtask.id, number: index + 1 })),
  );
  await tx.output.createMany({
    data: outputs.map(({ contentKey: _, ...output }) => ({
      ...output,
      runId: run.id,
      facts: { ...outputFacts.parse(output.facts) },
      parts: output.parts.map((part) => ({ ...part })),
    })),
  });
  const contentKeys = outputs.flatMap(({ id: outputId, contentKey }) =>
    contentKey === undefined ? [] : [{ ...contentKey, outputId }],
  );
  if (contentKeys.length > 0) await tx.contentKey.createMany({ data: contentKeys });
}

async function setCover(tx: Tx, task: LockedTask, succeeded: readonly SucceededOutcome[]): Promise<void> {
  const cover = succeeded.findLast((subtask) => subtask.setsCover)?.outputs[0];
  if (cover === undefined) return;
  await tx.media.update({ where: { id: task.mediaId }, data: { coverKey: cover.storageKey } });
  await notifyLive(tx, { type: "media", applicationId: task.applicationId, mediaId: task.mediaId });
}
