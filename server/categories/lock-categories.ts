import type { Tx } from "../db/client.ts";

const CATEGORIES_LOCK = 7_216;

/** Held by whoever changes the tree until the transaction ends: a category is not deleted while another is put below it. */
export async function lockCategories(tx: Tx, applicationId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CATEGORIES_LOCK}::int, ${applicationId}::int)`;
}
