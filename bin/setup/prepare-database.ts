/**
 * Brings the database up to date and answers, as one line of JSON, where the first administrator is to be made. A process
 * of its own: the migration engine and the database client take memory that the supervisor would otherwise keep.
 */
import { connect } from "#server/db/client.ts";
import { migrate } from "#server/db/migrate.ts";
import { env } from "#server/env.ts";
import { setupLink } from "#server/users/setup.ts";

interface Prepared {
  applied: string[];
  setupLink: string | null;
}

try {
  const applied = await migrate(env().DATABASE_URL);
  const db = connect(env().DATABASE_URL);
  // With ADMIN_EMAIL the web server makes the administrator when it starts, and nobody needs a link.
  const link = env().ADMIN_EMAIL === undefined ? await setupLink(db, env()) : null;
  const prepared: Prepared = { applied, setupLink: link };
  await db.$disconnect();
  console.log(JSON.stringify(prepared));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}

// The migration engine leaves a timer of ten seconds behind, which would keep this process, and the start, waiting.
process.exit();

/** A connection that is refused at several addresses has its reasons inside and no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
