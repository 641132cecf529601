import { z } from "zod";
import { type Category, categoryName } from "#domain/category.ts";
import { createCategory } from "../../categories/create-category.ts";
import { deleteCategory } from "../../categories/delete-category.ts";
import { listCategories } from "../../categories/list-categories.ts";
import { renameCategory } from "../../categories/rename-category.ts";
import { unwrap } from "../failure-error.ts";
import { operator, router, viewer } from "../trpc.ts";

const key = z.strictObject({ id: z.int() });

export const categoriesRouter = router({
  list: viewer.query(({ ctx }): Promise<Category[]> => listCategories(ctx.db, ctx.me.application.id)),
  create: operator
    .input(z.strictObject({ parentId: z.int().nullable(), name: categoryName }))
    .mutation(async ({ ctx, input }) =>
      unwrap(await createCategory(ctx.db, { ...input, applicationId: ctx.me.application.id })),
    ),
  rename: operator
    .input(key.extend({ name: categoryName }))
    .mutation(async ({ ctx, input }) =>
      unwrap(await renameCategory(ctx.db, { ...input, applicationId: ctx.me.application.id })),
    ),
  delete: operator
    .input(key)
    .mutation(async ({ ctx, input }) =>
      unwrap(await deleteCategory(ctx.db, { ...input, applicationId: ctx.me.application.id })),
    ),
});
