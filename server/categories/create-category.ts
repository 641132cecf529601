import { CATEGORY_LEVELS, pathOf, SUBCATEGORIES_MAX } from "#domain/category.ts";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { listCategories } from "./list-categories.ts";
import { lockCategories } from "./lock-categories.ts";

/** `parentId`: null on the top level. */
export async function createCategory(
  db: Db,
  category: { applicationId: number; parentId: number | null; name: string },
): Promise<Result<{ id: number }, Failure>> {
  const { applicationId, parentId, name } = category;
  return inTransaction(db, async (tx) => {
    await lockCategories(tx, applicationId);
    const known = await listCategories(tx, applicationId);
    const path = pathOf(new Map(known.map((one) => [one.id, one])), parentId);
    if (parentId !== null && path.length === 0) return fail({ code: "CATEGORY_NOT_FOUND", detail: `${parentId}` });
    if (path.length >= CATEGORY_LEVELS) return fail({ code: "CATEGORIES_TOO_DEEP", detail: name });
    const siblings = known.filter((one) => one.parentId === parentId);
    if (siblings.some((one) => one.name === name)) return fail({ code: "CATEGORY_EXISTS", detail: name });
    if (siblings.length >= SUBCATEGORIES_MAX) return fail({ code: "CATEGORIES_TOO_MANY", detail: name });
    const { id } = await tx.category.create({ data: category, select: { id: true } });
    return ok({ id });
  });
}
