import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { lockCategories } from "./lock-categories.ts";

/** Only an empty one. Media that were deleted let go of theirs. */
export async function deleteCategory(
  db: Db,
  { applicationId, id }: { applicationId: number; id: number },
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    await lockCategories(tx, applicationId);
    // The row's lock: a media that is being put into it either is there below, or finds it gone.
    const [category] = await tx.$queryRaw<{ id: number }[]>`
      SELECT "id" FROM "Category" WHERE "id" = ${id} AND "applicationId" = ${applicationId} FOR UPDATE`;
    if (category === undefined) return fail({ code: "CATEGORY_NOT_FOUND", detail: `${id}` });
    const media = await tx.media.count({ where: { categoryId: id, deletedAt: null } });
    const children = await tx.category.count({ where: { parentId: id } });
    if (media + children > 0) return fail({ code: "CATEGORY_NOT_EMPTY", detail: `${id}` });
    await tx.media.updateMany({ where: { categoryId: id }, data: { categoryId: null } });
    await tx.category.delete({ where: { id } });
    return ok(undefined);
  });
}
