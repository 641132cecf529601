import type { Category } from "#domain/category.ts";
import type { Tx } from "../db/client.ts";

/** Of every level, in the order of their names. */
export function listCategories(tx: Tx, applicationId: number): Promise<Category[]> {
  return tx.category.findMany({
    where: { applicationId },
    select: { id: true, parentId: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}
