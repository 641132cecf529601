import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Complexity, complexity } from "../domain/estimate/complexity.ts";
import { type Estimable, type Estimate, estimateRuns } from "../domain/estimate/estimate.ts";
import type { RunHold } from "../tasks/lease.ts";
import { readExperience } from "./read-experience.ts";

/** Keeps with each subtask of a running run what was expected of it, to be compared with what comes of it. */
export async function recordEstimates(
  db: Db,
  { runId, fencing }: RunHold,
  mediaId: string,
  planned: readonly (Estimable & { id: string })[],
): Promise<void> {
  if (planned.length === 0) return;
  const known = { complexity: await readComplexityOf(db, mediaId), experience: await readExperience(db) };
  const estimated = estimateRuns(planned, known).flatMap(({ members }) => members);
  // One run carries them out, group by group, so each of them takes the time of all.
  await inTransaction(db, async (tx) => {
    const [held] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "Run" WHERE "id" = ${runId} AND "fencing" = ${fencing} AND "state" = 'running' FOR SHARE`;
    if (held === undefined) return;
    for (const { id, estimate } of estimated) {
      const stored: Estimate = { ...estimate };
      await tx.subtask.updateMany({ where: { id, runId }, data: { estimate: { ...stored } } });
    }
  });
}

export async function readComplexityOf(db: Pick<Db, "media">, mediaId: string): Promise<Complexity | null> {
  const media = await db.media.findUnique({ where: { id: mediaId }, select: { complexity: true } });
  // Of a release that looked otherwise: as if nobody had.
  return complexity.safeParse(media?.complexity).data ?? null;
}
