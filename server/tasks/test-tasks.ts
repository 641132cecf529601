/** What the tests of tasks stand on: real rows in a real database. Never imported by the product. */
import type { Db } from "../db/client.ts";
import { newId, newMediaId } from "../domain/id.ts";
import type { MediaInfo } from "../domain/media.ts";
import { A_VIDEO } from "../domain/operations/test-plans.ts";
import type { Step } from "../domain/procedure.ts";
import { step } from "../domain/procedure.ts";
import { type ClaimedRun, claimRun } from "./claim-run.ts";
import { createTask } from "./create-task.ts";
import type { PublishedOutput, SubtaskOutcome } from "./finish-run.ts";
import type { NewTask } from "./new-task.ts";

const MEDIA_INFO: MediaInfo = {
  formatName: "mov,mp4,m4a,3gp,3g2,mj2",
  durationSeconds: 25,
  sizeBytes: 1000,
  bitrateBps: 320,
  video: null,
  audio: [],
  subtitles: [],
  attachedPictureIndex: null,
};

/** Steps whose operations take no parameters but those of a preset. */
export const SPRITE = step.parse({ operation: "sprite", template: 10 });
export const COVER = step.parse({ operation: "cover", template: 10 });
export const UNKNOWN = step.parse({ operation: "sprite", template: 999_999 });

type MediaToAdd = { applicationId?: number; name?: string } & Partial<Pick<MediaInfo, "video" | "durationSeconds">>;

/** Without a picture, unless one is given. */
export async function addMedia(
  db: Db,
  { applicationId = 1, name = "clip.mp4", ...info }: MediaToAdd = {},
): Promise<string> {
  const id = newMediaId();
  await db.media.create({
    data: {
      id,
      applicationId,
      name,
      kind: "video",
      source: "upload",
      storageKey: `a${applicationId}/media/${id}/source.mp4`,
      sizeBytes: 1000,
      info: { ...MEDIA_INFO, audio: [], subtitles: [], ...info },
    },
  });
  return id;
}

/** A media whose frames several subtasks can share. */
export async function addFilm(db: Db): Promise<string> {
  return addMedia(db, { video: A_VIDEO });
}

/** A pipeline of its own keeps tests that share a database apart. */
export async function addPipeline(db: Db, capacity: number): Promise<number> {
  const { id } = await db.pipeline.create({ data: { applicationId: 1, name: newId(), capacity } });
  return id;
}

export async function addTask(
  db: Db,
  task: Partial<Omit<NewTask, "steps" | "procedureName" | "operations">> & { steps?: Step[] } = {},
): Promise<string> {
  const { steps = [SPRITE], mediaId = await addMedia(db), ...rest } = task;
  const created = await createTask(db, { applicationId: 1, startedBy: "console", ...rest, mediaId, steps });
  if (!created.ok) throw new Error(created.failure.code);
  return created.value.taskId;
}

export async function runsOf(db: Db, taskId: string) {
  return db.run.findMany({ where: { taskId }, orderBy: [{ createdAt: "asc" }, { attempt: "asc" }, { id: "asc" }] });
}

export async function subtasksOf(db: Db, taskId: string) {
  return db.subtask.findMany({ where: { taskId }, orderBy: { number: "asc" } });
}

export async function eventsOf(db: Db, taskId: string): Promise<string[]> {
  const events = await db.event.findMany({ where: { taskId }, orderBy: { id: "asc" } });
  return events.map((event) => event.type);
}

/** Claims the one run of the task that is admitted. */
export async function claimAdmitted(db: Db, taskId: string, workerId = "worker"): Promise<ClaimedRun> {
  const admitted = await db.run.findFirstOrThrow({ where: { taskId, state: "admitted" }, orderBy: { id: "asc" } });
  const claimed = await claimRun(db, admitted.id, workerId);
  if (claimed === null) throw new Error(`Run ${admitted.id} cannot be claimed`);
  return claimed;
}

export function anOutput(run: ClaimedRun, number: number, name = "sheet-001.jpg"): PublishedOutput {
  return {
    role: "sheet",
    name,
    contentType: "image/jpeg",
    facts: { tileCount: 3 },
    storageKey: `a${run.applicationId}/tasks/${run.taskId}/${run.runId}/${number}/${name}`,
    sizeBytes: 10,
    parts: [],
  };
}

export function allSucceeded(run: ClaimedRun): { subtasks: SubtaskOutcome[] } {
  return {
    subtasks: run.subtasks.map(({ id, number }) => ({
      id,
      state: "succeeded",
      outputs: [anOutput(run, number)],
      setsCover: false,
    })),
  };
}

/** As if the worker of the run had died a while ago. */
export async function expireLease(db: Db, runId: string): Promise<void> {
  await db.$executeRaw`UPDATE "Run" SET "leaseExpiresAt" = clock_timestamp() - interval '1 s' WHERE "id" = ${runId}`;
}
