/** Tasks as the console shows them: rows of the database, with what is going on and with signed links. */
import type { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { failureOf, operationKind, outputFacts, outputParts, outputRole } from "../db/rows.ts";
import { estimate } from "../domain/estimate/estimate.ts";
import { mediaInfo } from "../domain/media.ts";
import { makesMedia } from "../domain/operations/operation.ts";
import { isTerminal, type SubtaskState } from "../domain/task.ts";
import type { FileLinks } from "../files/file-links.ts";
import { mediaRowOf, urlOf } from "./media-row.ts";
import type { OutputRow, SubtaskRow, TaskRow } from "./rows.ts";

export const taskColumns = {
  id: true,
  state: true,
  procedureName: true,
  procedureVersion: true,
  procedureText: true,
  priority: true,
  startedBy: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  waitingCount: true,
  processingCount: true,
  succeededCount: true,
  failedCount: true,
  cancelledCount: true,
  media: { select: { id: true, name: true, kind: true, coverKey: true, storageKey: true, deletedAt: true } },
  subtasks: {
    orderBy: { number: "asc" },
    select: { id: true, number: true, state: true, kind: true, progressPercent: true },
  },
  runs: {
    where: { state: { in: ["queued", "admitted", "running"] } },
    select: { cancelRequestedAt: true, remainingSeconds: true },
  },
} as const satisfies Prisma.TaskSelect;

type Task = Prisma.TaskGetPayload<{ select: typeof taskColumns }>;

/** In the order of `ids`; those of another application are left out like those that do not exist. */
export async function readTaskRows(
  db: Db,
  links: FileLinks,
  applicationId: number,
  ids: readonly string[],
): Promise<TaskRow[]> {
  const tasks = await db.task.findMany({ where: { id: { in: [...ids] }, applicationId }, select: taskColumns });
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return ids.flatMap((id) => byId.get(id) ?? []).map((task) => taskRowOf(task, links));
}

export function taskRowOf(task: Task, links: FileLinks): TaskRow {
  const { media, runs, subtasks, waitingCount, processingCount, succeededCount, failedCount, cancelledCount, ...row } =
    task;
  const remaining = runs.flatMap((run) => run.remainingSeconds ?? []);
  const percents = subtasks.map(donePercentOf);
  return {
    ...row,
    cancelling: runs.some((run) => run.cancelRequestedAt !== null),
    media: { id: media.id, name: media.name, kind: media.kind, thumbnailUrl: urlOf(links, media.coverKey) },
    progressPercent: percents.reduce((sum, percent) => sum + percent, 0) / Math.max(1, percents.length),
    remainingSeconds: remaining.length > 0 ? Math.max(...remaining) : null,
    counts: {
      waiting: waitingCount,
      processing: processingCount,
      succeeded: succeededCount,
      failed: failedCount,
      cancelled: cancelledCount,
    },
    subtasks: subtasks.map((subtask) => ({ ...subtask, kind: operationKind.parse(subtask.kind) })),
    sourceUrl: media.deletedAt === null ? links.url(media.storageKey) : null,
    // A media is downloaded where it is, not as an output of the task that made it.
    zipUrl: succeededCount > 0 && !subtasks.every(({ kind }) => makesMedia(kind)) ? links.taskZipUrl(task.id) : null,
  };
}

/** Whatever has ended leaves nothing to wait for, however it ended. */
function donePercentOf(subtask: { state: SubtaskState; progressPercent: number }): number {
  return isTerminal(subtask.state) ? 100 : subtask.progressPercent;
}

export const subtaskColumns = {
  id: true,
  number: true,
  state: true,
  kind: true,
  templateDefinition: true,
  templateVersion: true,
  templateName: true,
  startedAt: true,
  endedAt: true,
  progressPercent: true,
  runId: true,
  run: { select: { state: true, speed: true, remainingSeconds: true } },
  errorCode: true,
  errorDetail: true,
  estimate: true,
  outputs: { orderBy: { number: "asc" } },
  madeMedia: true,
  madeTaskId: true,
} as const satisfies Prisma.SubtaskSelect;

type Subtask = Prisma.SubtaskGetPayload<{ select: typeof subtaskColumns }>;

/** `mediaName` names the downloads. */
export function subtaskRowOf(subtask: Subtask, mediaName: string, links: FileLinks): SubtaskRow {
  const { templateDefinition: definition, templateName: name, templateVersion: version, ...row } = subtask;
  const running = row.run?.state === "running" ? row.run : null;
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    kind: operationKind.parse(row.kind),
    template: definition === null ? null : { definition, name: name ?? "", version },
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    progressPercent: row.progressPercent,
    speed: running?.speed ?? null,
    remainingSeconds: running?.remainingSeconds ?? null,
    runId: row.runId,
    error: failureOf(row),
    // Of a release that estimated otherwise: as if nobody had.
    estimate: estimate.safeParse(row.estimate).data ?? null,
    outputs: row.outputs.map((output) => outputRowOf(output, { number: row.number, name }, mediaName, links)),
    made: madeRowOf(row, links),
  };
}

/** Null also when it was deleted since. */
function madeRowOf({ madeMedia, madeTaskId }: Pick<Subtask, "madeMedia" | "madeTaskId">, links: FileLinks) {
  if (madeMedia === null || madeMedia.deletedAt !== null) return null;
  const media = mediaRowOf(madeMedia, mediaInfo.parse(madeMedia.info), links);
  return { media, sourceUrl: links.url(madeMedia.storageKey), taskId: madeTaskId };
}

type Output = Subtask["outputs"][number];

/** A download is named after what it was made from and how: `holiday-1-MP4-HD-720P-video.mp4`. */
export function outputRowOf(
  output: Output,
  subtask: { number: number; name: string | null },
  mediaName: string,
  links: FileLinks,
): OutputRow {
  const { id, number, name, contentType, storageKey } = output;
  const stem = mediaName.replace(/\.[^.]{1,5}$/, "");
  const downloadName = [stem, subtask.number, ...(subtask.name === null ? [] : [subtask.name]), name].join("-");
  return {
    id,
    number,
    role: outputRole.parse(output.role),
    name,
    contentType,
    sizeBytes: Number(output.sizeBytes),
    facts: outputFacts.parse(output.facts),
    partCount: outputParts.parse(output.parts).length,
    url: links.url(storageKey),
    downloadUrl: links.downloadUrl(storageKey, downloadName),
  };
}
