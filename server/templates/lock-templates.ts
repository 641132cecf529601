import type { Tx } from "../db/client.ts";

const TEMPLATES_LOCK = 7_215;

/**
 * Held by whoever numbers or deletes a template, or makes a procedure refer to some, until the transaction ends: two new
 * templates never get one number, and a template is not deleted between being checked and being referred to.
 */
export async function lockTemplates(tx: Tx, applicationId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TEMPLATES_LOCK}::int, ${applicationId}::int)`;
}
