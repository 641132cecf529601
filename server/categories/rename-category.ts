import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { lockCategories } from "./lock-categories.ts";

export async function renameCategory(
  db: Db,
  { applicationId, id, name }: { applicationId: number; id: number; name: string },
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    await lockCategories(tx, applicationId);
    const category = await tx.category.findFirst({ where: { id, applicationId } });
    if (category === null) return fail({ code: "CATEGORY_NOT_FOUND", detail: `${id}` });
    const { parentId } = category;
    const taken = await tx.category.findFirst({ where: { applicationId, parentId, name, id: { not: id } } });
    if (taken !== null) return fail({ code: "CATEGORY_EXISTS", detail: name });
    await tx.category.update({ where: { id }, data: { name } });
    return ok(undefined);
  });
}
