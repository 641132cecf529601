/** Carries a trial out, for as long as somebody wants to see it. */

import { newId } from "#domain/id.ts";
import { mediaInfo } from "#domain/media.ts";
import { stretch } from "#domain/trial/trial.ts";
import { storedOperation } from "#server/db/rows.ts";
import { trialPrefix } from "#server/storage/layout.ts";
import { readReferred, referredFiles } from "#server/tasks/read-referred.ts";
import { claimTrial, endTrial, isWanted, type TrialEnding } from "#server/trials/advance-trial.ts";
import type { WorkerContext } from "../context.ts";
import { persist } from "../persist.ts";
import { carryOutTrial } from "../trial/carry-out-trial.ts";

/** Cut off so often it is at fault itself: it may be what ends its workers. */
const ATTEMPTS_MAX = 3;
/** Nobody waits longer for a few seconds. */
const WALL_MS = 5 * 60_000;
const LOOK_EVERY_MS = 3_000;

export async function runTrial(worker: WorkerContext, { trialId, attempt }: { trialId: string; attempt: number }) {
  const { db, cancellations, stopping, log } = worker;
  const interruption = new AbortController();
  // Before the claim, so that nothing between the two is missed.
  const unwatch = cancellations.watch(trialId, () => interruption.abort("cancel"));
  const look = setInterval(async () => {
    // Also where the page was closed without a word: the sweep cancels what nobody asks for.
    const wanted = await isWanted(db, trialId).catch(() => true);
    if (!wanted) interruption.abort("cancel");
  }, LOOK_EVERY_MS);
  const timeout = AbortSignal.timeout(WALL_MS);
  const signal = AbortSignal.any([interruption.signal, stopping, timeout]);
  try {
    const trial = await claimTrial(db, trialId);
    if (trial === null) return;
    if (attempt > ATTEMPTS_MAX) {
      await endTrial(db, trialId, { failure: { code: "WORKER_LOST", detail: `${attempt - 1} attempts` } });
      return;
    }
    await carryOut(worker, trial, signal, timeout);
  } catch (error) {
    // Another worker goes on.
    if (stopping.aborted) throw error;
    if (interruption.signal.aborted) return;
    log.error({ err: error, trialId }, "A trial broke");
    await persist(db, () => endTrial(db, trialId, { failure: { code: "INTERNAL", detail: String(error) } }));
  } finally {
    clearInterval(look);
    unwatch();
  }
}

async function carryOut(
  worker: WorkerContext,
  trial: NonNullable<Awaited<ReturnType<typeof claimTrial>>>,
  signal: AbortSignal,
  timeout: AbortSignal,
): Promise<void> {
  const { db, store, scratch } = worker;
  const media = await db.media.findUniqueOrThrow({ where: { id: trial.mediaId } });
  const operation = storedOperation.unwrap().parse(trial.operation);
  const prefix = trialPrefix(trial);
  // Of two workers who think it theirs, neither writes into the other's folder.
  const folder = newId();
  const workspace = await scratch.openWorkspace(`trial-${trial.id}-${folder}`);
  try {
    const files = referredFiles.parse(await readReferred(db, trial.applicationId, [operation]));
    const request = {
      ...{ id: trial.id, mediaId: trial.mediaId, sourceKey: media.storageKey, media: mediaInfo.parse(media.info) },
      ...{ operation, stretch: stretch.parse(trial.stretch), files, folder, prefix: `${prefix}/${folder}` },
    };
    const made = await carryOutTrial(worker, request, workspace, signal).catch((error: unknown) => {
      if (!timeout.aborted) throw error;
      return { ok: false as const, failure: { code: "ENCODER_LIMIT" as const, detail: `${WALL_MS / 1000} s` } };
    });
    const ending: TrialEnding = made.ok ? { result: made.value } : { failure: made.failure };
    const shown = await persist(db, () => endTrial(db, trial.id, ending));
    if (!shown) await store.remove(`${prefix}/${folder}`);
  } finally {
    await workspace.remove();
  }
}
