import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import { storedOperation } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { type MediaInfo, mediaInfo } from "../domain/media.ts";
import type { Operation } from "../domain/operations/operation.ts";
import { advanceSubtasks } from "./advance-subtask.ts";
import { endRun, readRunningRun } from "./end-run.ts";
import { LEASE_SECONDS, type RunHold } from "./lease.ts";
import { type LockedTask, lockTaskOfRun } from "./lock-task.ts";
import { type ReferredFile, readReferred, referredFiles } from "./read-referred.ts";

/** All a worker needs to know to carry a run out. */
export interface ClaimedRun extends RunHold {
  taskId: string;
  applicationId: number;
  attempt: number;
  mediaId: string;
  sourceKey: string;
  mediaInfo: MediaInfo;
  outputDir: string | null;
  /** What its operations refer to, as far as it exists. */
  files: ReferredFile[];
  subtasks: { id: string; number: number; operation: Operation }[];
}

const claimed = z.object({ fencing: z.bigint(), attempt: z.int() });

const claimedWork = z.object({
  media: z.object({ storageKey: z.string(), info: mediaInfo }),
  files: referredFiles,
  subtasks: z.array(z.object({ id: z.string(), number: z.int(), operation: storedOperation.unwrap() })),
});

/**
 * Gives an admitted run to one worker. Null when there is nothing to do: cancelled, another has it, or it was stored by a
 * release that knew other parameters; that one has failed now, or it would keep its place in the pipeline for ever.
 */
export async function claimRun(db: Db, runId: string, workerId: string): Promise<ClaimedRun | null> {
  return inTransaction(db, async (tx) => {
    const task = await lockTaskOfRun(tx, runId);
    if (task === null) return null;
    // The state in `WHERE` decides: of two who try, the second updates no row.
    const [run] = await tx.$queryRaw<unknown[]>`
      UPDATE "Run" SET "state" = 'running', "fencing" = nextval('"RunFencing"'), "workerId" = ${workerId},
        "leaseExpiresAt" = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), "startedAt" = clock_timestamp()
      WHERE "id" = ${runId} AND "state" = 'admitted'
      RETURNING "fencing", "attempt"`;
    if (run === undefined) return null;
    const stored = await readWork(tx, task, runId);
    const moves = stored.subtasks.map(({ id }) => ({ id, to: "processing" as const }));
    await advanceSubtasks(tx, task, moves);
    const work = claimedWork.safeParse(stored);
    if (!work.success) {
      await failUnreadable(tx, task, runId, z.prettifyError(work.error));
      return null;
    }
    const { media, files, subtasks } = work.data;
    return {
      runId,
      ...claimed.parse(run),
      taskId: task.id,
      applicationId: task.applicationId,
      mediaId: task.mediaId,
      sourceKey: media.storageKey,
      mediaInfo: media.info,
      outputDir: task.outputDir,
      files,
      subtasks,
    };
  });
}

async function readWork(tx: Tx, task: LockedTask, runId: string) {
  const media = await tx.media.findUniqueOrThrow({
    where: { id: task.mediaId },
    select: { storageKey: true, info: true },
  });
  const subtasks = await tx.subtask.findMany({
    where: { runId },
    select: { id: true, number: true, operation: true },
    orderBy: { number: "asc" },
  });
  const operations = subtasks.map(({ operation }) => operation);
  return { media, files: await readReferred(tx, task.applicationId, operations), subtasks };
}

async function failUnreadable(tx: Tx, task: LockedTask, runId: string, detail: string): Promise<void> {
  const run = await readRunningRun(tx, runId);
  if (run === null) return;
  const failure: Failure = { code: "INTERNAL", detail };
  const ended = run.subtasks.map(({ id }) => ({ id, to: "failed" as const, failure }));
  await endRun(tx, task, run, { state: "failed", failure, ended, next: [] });
}
