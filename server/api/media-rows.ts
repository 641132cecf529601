import { pathOf } from "#domain/category.ts";
import type { Failure } from "#domain/error.ts";
import { mediaInfo } from "#domain/media.ts";
import { keyMoments } from "#domain/media-facts.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Media } from "../../prisma/generated/client.ts";
import { listCategories } from "../categories/list-categories.ts";
import type { Db } from "../db/client.ts";
import { operationKind } from "../db/rows.ts";
import type { FileLinks } from "../files/file-links.ts";
import { mediaRowOf } from "./media-row.ts";
import type { MediaDetail, MediaRow, Rendition } from "./rows.ts";
import { userNameOf } from "./task-detail.ts";
import { outputRowOf, taskColumns, taskRowOf } from "./task-rows.ts";

const TASKS_SHOWN = 20;
const RENDITIONS_SHOWN = 200;

/** In the order of `ids`. */
export async function readMediaRows(
  db: Db,
  links: FileLinks,
  applicationId: number,
  ids: readonly string[],
): Promise<MediaRow[]> {
  const found = await db.media.findMany({ where: { id: { in: [...ids] }, applicationId, deletedAt: null } });
  const byId = new Map(found.map((media) => [media.id, media]));
  return ids.flatMap((id) => byId.get(id) ?? []).map((media) => mediaRowOf(media, mediaInfo.parse(media.info), links));
}

export async function readMedia(
  db: Db,
  links: FileLinks,
  applicationId: number,
  mediaId: string,
): Promise<Result<MediaDetail, Failure>> {
  const media = await db.media.findFirst({ where: { id: mediaId, applicationId, deletedAt: null } });
  if (media === null) return fail({ code: "MEDIA_NOT_FOUND", detail: mediaId });
  const info = mediaInfo.parse(media.info);
  const tasks = await db.task.findMany({
    where: { mediaId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: TASKS_SHOWN,
    select: taskColumns,
  });
  return ok({
    ...mediaRowOf(media, info, links),
    info,
    description: media.description,
    ...{ tags: media.tags, categoryId: media.categoryId, expiresAt: media.expiresAt },
    categoryPath: await categoryPathOf(db, media),
    keyMoments: keyMoments.parse(media.keyMoments),
    sourceUrl: links.url(media.storageKey),
    downloadUrl: links.downloadUrl(media.storageKey, media.name),
    createdByName: await userNameOf(db, media.createdById),
    tasks: tasks.map((task) => taskRowOf(task, links)),
    renditions: await readRenditions(db, links, media),
  });
}

async function categoryPathOf(db: Db, { applicationId, categoryId }: Media): Promise<string[]> {
  if (categoryId === null) return [];
  const categories = await listCategories(db, applicationId);
  return pathOf(new Map(categories.map((one) => [one.id, one])), categoryId).map(({ name }) => name);
}

async function readRenditions(db: Db, links: FileLinks, media: Media): Promise<Rendition[]> {
  const outputs = await db.output.findMany({
    where: { subtask: { state: "succeeded", task: { mediaId: media.id } } },
    orderBy: [{ createdAt: "desc" }, { subtaskId: "asc" }, { number: "asc" }],
    take: RENDITIONS_SHOWN,
    include: { subtask: { select: { id: true, taskId: true, number: true, kind: true, templateName: true } } },
  });
  return outputs.map(({ subtask, ...output }) => {
    const { id: subtaskId, taskId, number, kind, templateName } = subtask;
    const row = outputRowOf(output, { number, name: templateName }, media.name, links);
    return { taskId, subtaskId, kind: operationKind.parse(kind), templateName, output: row };
  });
}
