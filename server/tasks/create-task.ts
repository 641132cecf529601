import type { Db, Tx } from "../db/client.ts";
import { failureOf } from "../db/rows.ts";
import { inSpiteOfConflicts, inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { mediaInfo } from "../domain/media.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { admitRuns } from "./admit-runs.ts";
import {
  type DraftedWork,
  dependsOnMedia,
  draftSubtasks,
  isScripted,
  type ResolvedWork,
  resolveWork,
} from "./draft-subtasks.ts";
import { groupSubtasks } from "./group-subtasks.ts";
import { type GroupedWork, insertTask, type QueuedTask } from "./insert-task.ts";
import type { CreatedTask, NewTask, TaskRequest } from "./new-task.ts";
import { checkOutputDir, withOutputDir } from "./output-dir.ts";
import { refuseRepeated } from "./refuse-repeated.ts";

/**
 * Task, subtasks and runs exist together, or not at all. What there is room for is admitted right after that: should the
 * process die between the two, a worker's sweep does it.
 * Templates and procedures are looked up before: what it was at that moment is what counts.
 */
export async function createTask(db: Db, request: NewTask): Promise<Result<CreatedTask, Failure>> {
  const task = await withOutputDir(db, request);
  const work = await draftWork(db, request);
  if (!work.ok) return work;
  const grouped = await groupWork(db, task, work.value);
  const queued = (await insertAlone(db, task, grouped)) ?? (await insertWithAll(db, task, grouped));
  if (!queued.ok) return queued;
  const { taskId, pipelineId, hasRoom } = queued.value;
  if (hasRoom) await inTransaction(db, (tx) => admitRuns(tx, pipelineId));
  return ok({ taskId });
}

/** Most tasks need nothing but the one statement. Null for the others, and for those that cannot be, which are told why. */
async function insertAlone(db: Db, task: NewTask, work: GroupedWork): Promise<Result<QueuedTask, Failure> | null> {
  const { subtasks } = work;
  if (task.sessionId || subtasks.length === 0 || subtasks.some(({ failure }) => failure !== null)) return null;
  const inserted = await inSpiteOfConflicts(() => insertTask(db, task, work, "alone"));
  return inserted.ok ? inserted : null;
}

function insertWithAll(db: Db, task: NewTask, work: GroupedWork): Promise<Result<QueuedTask, Failure>> {
  return inTransaction(db, async (tx) => (await refuseRepeated(tx, task)) ?? insertTask(tx, task, work, "joins"));
}

/** The same as part of a transaction. Locks admission until that ends, so it comes late in it; and run it by `inTransaction`. */
export async function createTaskInTx(tx: Tx, request: NewTask): Promise<Result<CreatedTask, Failure>> {
  const task = await withOutputDir(tx, request);
  const work = await draftWork(tx, request);
  if (!work.ok) return work;
  const refused = await refuseRepeated(tx, task);
  if (refused !== null) return refused;
  const inserted = await insertTask(tx, task, await groupWork(tx, task, work.value), "admits");
  if (!inserted.ok) return inserted;
  const { taskId, pipelineId } = inserted.value;
  await admitRuns(tx, pipelineId);
  return ok({ taskId });
}

async function draftWork(tx: Tx, task: NewTask): Promise<Result<DraftedWork, Failure>> {
  const work = await readWork(tx, task);
  return work.ok ? draftFor(tx, task, work.value) : work;
}

/** What is asked for, whatever the media. */
export async function readWork(tx: Tx, task: TaskRequest): Promise<Result<ResolvedWork, Failure>> {
  const checked = checkOutputDir(task.outputDir);
  if (!checked.ok) return checked;
  return resolveWork(tx, task.applicationId, task);
}

/** The media is looked up only where it matters. */
export async function draftFor(
  tx: Tx,
  { applicationId, mediaId }: { applicationId: number; mediaId: string },
  work: ResolvedWork,
): Promise<Result<DraftedWork, Failure>> {
  if (!dependsOnMedia(work)) return draftSubtasks(tx, applicationId, work, null);
  const media = await tx.media.findFirst({ where: { id: mediaId, applicationId, deletedAt: null } });
  if (media === null) return fail({ code: "MEDIA_NOT_FOUND", detail: mediaId });
  // Of one that cannot be read everything fails for the same reason, whatever would have been chosen.
  const unreadable = failureOf(media);
  return unreadable === null || !isScripted(work)
    ? draftSubtasks(tx, applicationId, work, unreadable === null ? mediaInfo.parse(media.info) : null)
    : fail(unreadable);
}

/** What a media's own facts decide of its work: which subtasks of it share a run. */
export async function groupWork(
  tx: Tx,
  of: { applicationId: number; mediaId: string },
  work: DraftedWork,
): Promise<GroupedWork> {
  const runnable = work.subtasks.filter(({ failure }) => failure === null);
  return { ...work, groups: await groupSubtasks(tx, of, runnable) };
}
