import { z } from "zod";
import { withDescendants } from "#domain/category.ts";
import { MEDIA_KINDS } from "#domain/media.ts";
import { description, tag, tags } from "#domain/media-facts.ts";
import { PRIORITY_MAX, PRIORITY_MIN } from "#domain/task.ts";
import { listCategories } from "../../categories/list-categories.ts";
import { composeInput } from "../../media/compose-input.ts";
import { composeMedia } from "../../media/compose-media.ts";
import { deleteMedia } from "../../media/delete-media.ts";
import { editInput, splitInput } from "../../media/edit-input.ts";
import { editMedia, splitMedia } from "../../media/edit-media.ts";
import { listMedia } from "../../media/list-media.ts";
import { listTags, type UsedTag } from "../../media/list-tags.ts";
import { modifyMedia } from "../../media/modify-media.ts";
import { renameMedia } from "../../media/rename-media.ts";
import { requestSample } from "../../media/request-sample.ts";
import { cursor, endOf } from "../cursor.ts";
import { unwrap } from "../failure-error.ts";
import { readMedia, readMediaRows } from "../media-rows.ts";
import type { Me, MediaDetail, MediaRow, Page } from "../rows.ts";
import { operator, router, viewer } from "../trpc.ts";

const id = z.string().min(1).max(64);
const key = z.strictObject({ id });

const listInput = z.strictObject({
  search: z.string().trim().max(200).optional(),
  kinds: z.array(z.enum(MEDIA_KINDS)).optional(),
  /** Any of these. */
  tags: z.array(tag).max(100).optional(),
  /** With everything below it. */
  categoryId: z.int().optional(),
  cursor: cursor.nullish(),
  limit: z.int().min(1).max(100).default(30),
});

const priority = z.int().min(PRIORITY_MIN).max(PRIORITY_MAX).default(0);

/** On whose account a task made here runs. */
function termsOf({ application, user }: Me, priority: number) {
  return { applicationId: application.id, createdById: user.id, startedBy: "console" as const, priority };
}

export const mediaRouter = router({
  list: viewer.input(listInput).query(async ({ ctx, input }): Promise<Page<MediaRow>> => {
    const { cursor: after = null, limit, categoryId, ...filter } = input;
    const applicationId = ctx.me.application.id;
    const categoryIds =
      categoryId === undefined ? undefined : withDescendants(await listCategories(ctx.db, applicationId), [categoryId]);
    const page = await listMedia(ctx.db, applicationId, { ...filter, categoryIds }, { after, limit });
    const ids = page.rows.map((media) => media.id);
    return { items: await readMediaRows(ctx.db, ctx.links, applicationId, ids), ...endOf(page) };
  }),
  get: viewer
    .input(key)
    .query(
      async ({ ctx, input }): Promise<MediaDetail> =>
        unwrap(await readMedia(ctx.db, ctx.links, ctx.me.application.id, input.id)),
    ),
  rename: operator
    .input(key.extend({ name: z.string().trim().min(1).max(200) }))
    .mutation(async ({ ctx, input }) => unwrap(await renameMedia(ctx.db, ctx.me.application.id, input.id, input.name))),
  /** What people say of it, as a whole. */
  describe: operator
    .input(key.extend({ description, tags, categoryId: z.int().nullable(), expiresAt: z.date().nullable() }))
    .mutation(async ({ ctx, input: { id: mediaId, tags: add, ...facts } }) =>
      unwrap(await modifyMedia(ctx.db, ctx.me.application.id, mediaId, { ...facts, tags: { clear: true, add } })),
    ),
  tags: viewer.query(({ ctx }): Promise<UsedTag[]> => listTags(ctx.db, ctx.me.application.id)),
  delete: operator
    .input(key)
    .mutation(async ({ ctx, input }) => unwrap(await deleteMedia(ctx.db, ctx.me.application.id, input.id))),
  /** Stretches of several media become a new one. */
  edit: operator
    .input(z.strictObject({ edit: editInput, priority }))
    .mutation(async ({ ctx, input }) => unwrap(await editMedia(ctx.db, termsOf(ctx.me, input.priority), input.edit))),
  /** Stretches of one media become new ones. */
  split: operator
    .input(z.strictObject({ split: splitInput, priority }))
    .mutation(async ({ ctx, input }) => unwrap(await splitMedia(ctx.db, termsOf(ctx.me, input.priority), input.split))),
  /** Tracks of clips, sounds and stickers become a new media. */
  compose: operator
    .input(z.strictObject({ composition: composeInput, priority }))
    .mutation(async ({ ctx, input }) =>
      unwrap(await composeMedia(ctx.db, termsOf(ctx.me, input.priority), input.composition)),
    ),
  makeSample: operator.mutation(({ ctx }) =>
    requestSample(ctx.db, { applicationId: ctx.me.application.id, createdById: ctx.me.user.id }),
  ),
});
