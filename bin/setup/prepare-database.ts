/**
 * Brings the database up to date and answers, as one line of JSON, where the first administrator is to be made. A process
 * of its own: the migration engine and the database client take memory that the supervisor would otherwise keep.
 */
import { ensureApiKey } from "#server/api-keys/ensure-api-key.ts";
import { connect } from "#server/db/client.ts";
import { migrate } from "#server/db/migrate.ts";
import { env } from "#server/env.ts";
import { ensureAdmin, setupLink } from "#server/users/setup.ts";

export interface Prepared {
  applied: string[];
  setupLink: string | null;
}

try {
  const applied = await migrate(env().DATABASE_URL);
  const db = connect(env().DATABASE_URL);
  await ensureAdmin(db, env());
  await ensureApiKey(db, env());
  const prepared: Prepared = { applied, setupLink: await setupLink(db, env()) };
  await db.$disconnect();
  console.log(JSON.stringify(prepared));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}

/** A connection that is refused at several addresses has its reasons inside and no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
