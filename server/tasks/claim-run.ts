import { z } from "zod";
import type { Db } from "../db/client.ts";
import { storedOperation } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import { type MediaInfo, mediaInfo } from "../domain/media.ts";
import type { Operation } from "../domain/operations/operation.ts";
import { advanceSubtasks } from "./advance-subtask.ts";
import { LEASE_SECONDS, type RunHold } from "./lease.ts";
import { lockTaskOfRun } from "./lock-task.ts";

/** All a worker needs to know to carry a run out. */
export interface ClaimedRun extends RunHold {
  taskId: string;
  applicationId: number;
  attempt: number;
  mediaId: string;
  sourceKey: string;
  mediaInfo: MediaInfo;
  outputDir: string | null;
  subtasks: { id: string; number: number; operation: Operation }[];
}

const claimed = z.object({ fencing: z.bigint(), attempt: z.int() });
const claimedSubtask = z.object({ id: z.string(), number: z.int(), operation: storedOperation.unwrap() });

/** Gives an admitted run to one worker. Null when there is nothing to do: cancelled, or another has it. */
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
    const { fencing, attempt } = claimed.parse(run);
    const media = await tx.media.findUniqueOrThrow({
      where: { id: task.mediaId },
      select: { storageKey: true, info: true },
    });
    const subtasks = await tx.subtask.findMany({
      where: { runId },
      select: { id: true, number: true, operation: true },
      orderBy: { number: "asc" },
    });
    await advanceSubtasks(
      tx,
      task,
      subtasks.map(({ id }) => ({ id, to: "processing" })),
    );
    return {
      runId,
      fencing,
      attempt,
      taskId: task.id,
      applicationId: task.applicationId,
      mediaId: task.mediaId,
      sourceKey: media.storageKey,
      mediaInfo: mediaInfo.parse(media.info),
      outputDir: task.outputDir,
      subtasks: subtasks.map((subtask) => claimedSubtask.parse(subtask)),
    };
  });
}
