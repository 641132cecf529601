/** Rows for the tests of the API, written as the product would. Never imported by the product. */
import type { Prisma } from "../../prisma/generated/client.ts";
import type { Role, SubtaskState } from "../../prisma/generated/enums.ts";
import type { Db } from "../db/client.ts";
import { newId, newMediaId } from "../domain/id.ts";
import type { MediaInfo } from "../domain/media.ts";
import type { Me } from "./rows.ts";

export const SECRET_KEY = "a secret key of the installation, long enough";

export const VIDEO_INFO: MediaInfo = {
  formatName: "mov,mp4,m4a,3gp,3g2,mj2",
  durationSeconds: 12.5,
  sizeBytes: 1000,
  bitrateBps: 640,
  video: {
    index: 0,
    codec: "h264",
    profile: "High",
    codecTag: "avc1",
    pixelFormat: "yuv420p",
    widthPx: 1080,
    heightPx: 1920,
    sampleAspectRatio: 1,
    rotationDegrees: 90,
    framesPerSecond: 25,
    variableFrameRate: false,
    bitrateBps: 600,
    durationSeconds: 12.5,
    colourMatrix: null,
    dynamicRange: "sdr",
    interlaced: false,
    language: null,
  },
  audio: [],
  subtitles: [],
  attachedPictureIndex: null,
};

/** A second tenant, with its default pipeline. */
export async function addApplication(db: Db): Promise<number> {
  const { id } = await db.application.create({
    data: { name: "Other", pipelines: { create: { name: "default", capacity: 4, isDefault: true } } },
  });
  return id;
}

export async function addUser(db: Db, role: Role, applicationId = 1): Promise<Me> {
  const id = newId();
  const { application, name, email } = await db.user.create({
    data: { id, applicationId, name: `A ${role}`, email: `${id}@example.com`, role },
    include: { application: { select: { id: true, name: true } } },
  });
  return { user: { id, name, email, role }, application };
}

export async function addMedia(db: Db, data: Partial<Prisma.MediaUncheckedCreateInput> = {}): Promise<string> {
  const id = newMediaId();
  const applicationId = data.applicationId ?? 1;
  await db.media.create({
    data: {
      id,
      applicationId,
      name: "clip.mp4",
      kind: "video",
      source: "upload",
      storageKey: `a${applicationId}/media/${id}/source.mp4`,
      sizeBytes: 1000,
      info: VIDEO_INFO,
      ...data,
    },
  });
  return id;
}

interface NewSubtask {
  state?: SubtaskState;
  kind?: string;
  templateName?: string;
  /** File names; the first is the output, the others are its parts. */
  outputs?: [name: string, ...parts: string[]][];
}

/** A task whose subtasks were carried out by one run. */
export async function addTask(
  db: Db,
  data: Partial<Prisma.TaskUncheckedCreateInput> = {},
  subtasks: NewSubtask[] = [{}],
): Promise<{ taskId: string; runId: string; subtaskIds: string[] }> {
  const applicationId = data.applicationId ?? 1;
  const mediaId = data.mediaId ?? (await addMedia(db, { applicationId }));
  const pipeline = await db.pipeline.findFirstOrThrow({ where: { applicationId, isDefault: true } });
  const [taskId, runId] = [newId(), newId()];
  const kinds = subtasks.map((subtask) => subtask.kind ?? "transcode");
  await db.task.create({
    data: { id: taskId, applicationId, mediaId, pipelineId: pipeline.id, startedBy: "console", kinds, ...data },
  });
  await db.run.create({ data: { id: runId, taskId, pipelineId: pipeline.id, priority: 0, state: "running" } });
  const subtaskIds: string[] = [];
  for (const [index, subtask] of subtasks.entries()) {
    const id = newId();
    subtaskIds.push(id);
    const number = index + 1;
    const kind = subtask.kind ?? "transcode";
    await db.subtask.create({
      data: {
        id,
        taskId,
        number,
        kind,
        operation: { kind, params: {} },
        templateDefinition: 100010,
        templateName: subtask.templateName ?? "MP4-HD-720P",
        state: subtask.state ?? "waiting",
        runId,
        runs: { create: { runId } },
        outputs: {
          create: (subtask.outputs ?? []).map(([name, ...parts], place) => ({
            id: newId(),
            runId,
            number: place + 1,
            role: "video",
            name,
            storageKey: `a${applicationId}/tasks/${taskId}/${runId}/${number}/${name}`,
            contentType: "video/mp4",
            sizeBytes: 100,
            facts: { widthPx: 1280, heightPx: 720 },
            parts: parts.map((part) => ({ name: part, sizeBytes: 10 })),
          })),
        },
      },
    });
  }
  return { taskId, runId, subtaskIds };
}
