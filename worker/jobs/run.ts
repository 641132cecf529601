/** Carries out one run: claims it, holds its lease while the work goes on, and tells the outcome. */
import type { Logger } from "pino";
import { type ClaimedRun, claimRun } from "#server/tasks/claim-run.ts";
import { finishRun, type SubtaskOutcome } from "#server/tasks/finish-run.ts";
import { releaseRun } from "#server/tasks/release-run.ts";
import { madeMediaIdsOf, prefixesOf } from "#server/tasks/run-files.ts";
import type { WorkerContext } from "../context.ts";
import { reasonOf } from "../log.ts";
import { persist } from "../persist.ts";
import { keepLease } from "../run/keep-lease.ts";
import { Reporter } from "../run/reporter.ts";
import { runSubtasks } from "../run/run-subtasks.ts";

/** A worker that stops has little time to give its runs back; those it cannot, others find abandoned. */
const RELEASE_MS_MAX = 3_000;

/** Why a run ends before its work is done: a user cancelled it, it was given to another attempt, this worker stops. */
type Interruption = "cancel" | "lost" | "stop";

export async function carryOutRun(worker: WorkerContext, runId: string): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (why: Interruption) => interruption.abort(why);
  const stop = () => interrupt("stop");
  // Before the claim, so that nothing between the two is missed.
  const unwatch = worker.cancellations.watch(runId, () => interrupt("cancel"));
  worker.stopping.addEventListener("abort", stop);
  try {
    const run = await claimRun(worker.db, runId, worker.workerId);
    // Cancelled meanwhile, or in the hands of another.
    if (run !== null) await carryOutClaimed(worker, run, interruption.signal, interrupt);
  } finally {
    worker.stopping.removeEventListener("abort", stop);
    unwatch();
  }
}

async function carryOutClaimed(
  worker: WorkerContext,
  run: ClaimedRun,
  signal: AbortSignal,
  interrupt: (why: Interruption) => void,
): Promise<void> {
  const { db } = worker;
  const { runId, taskId, attempt } = run;
  const log = worker.log.child({ runId, taskId, attempt });
  const done = new AbortController();
  // Until the outcome is written: while that waits for the database, nobody shall begin anew.
  const leaseKept = keepLease(db, run, { signal: done.signal, onEnd: interrupt, log });
  const reporter = new Reporter(db, run, log);
  try {
    const outcomes = await runSubtasks(worker, run, { signal, reporter, log });
    await reporter.close();
    const undone = outcomes.some(({ state }) => state === "cancelled");
    if (signal.aborted && signal.reason === "stop" && undone) await giveBack(worker, run, log);
    else if (signal.aborted && signal.reason === "lost") await discard(worker, run, log);
    else await finish(worker, run, outcomes, log);
  } finally {
    done.abort();
    await leaseKept;
  }
}

async function finish(worker: WorkerContext, run: ClaimedRun, subtasks: SubtaskOutcome[], log: Logger): Promise<void> {
  const onError = (error: unknown) => log.warn({ reason: reasonOf(error) }, "Could not write the outcome of a run");
  const finished = await persist(worker.db, () => finishRun(worker.db, run, { subtasks }), { onError });
  if (finished === "lost") await discard(worker, run, log);
  else log.info({ outcomes: subtasks.map(({ state }) => state) }, "Finished a run");
}

/** Another attempt starts from nothing, so what is published already would be nobody's. */
async function giveBack(worker: WorkerContext, run: ClaimedRun, log: Logger): Promise<void> {
  const signal = AbortSignal.timeout(RELEASE_MS_MAX);
  await removePublished(worker, run);
  await persist(worker.db, () => releaseRun(worker.db, run), { signal });
  log.info("Gave a run back");
}

/**
 * Removes what a lost run published. Unless it is recorded: when the connection breaks after the outcome was written, the
 * second try to write it looks as if the run were lost.
 */
async function discard(worker: WorkerContext, run: ClaimedRun, log: Logger): Promise<void> {
  const { db } = worker;
  const made = madeMediaIdsOf(run, subtasksOf(run));
  const outputs = await persist(db, () => db.output.count({ where: { runId: run.runId } }));
  const media = await persist(db, () => db.media.count({ where: { id: { in: made } } }));
  const recorded = outputs + media;
  if (recorded === 0) await removePublished(worker, run);
  log.warn({ recorded }, "A run was given to another attempt");
}

async function removePublished({ store }: WorkerContext, run: ClaimedRun): Promise<void> {
  for (const prefix of prefixesOf(run, subtasksOf(run))) await store.remove(prefix);
}

function subtasksOf({ subtasks }: ClaimedRun) {
  return subtasks.map(({ number, operation }) => ({ number, kind: operation.kind }));
}
