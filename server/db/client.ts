import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "../../prisma/generated/client.ts";
import { env } from "../env.ts";

export type Db = PrismaClient;
/** A transaction in progress: everything `Db` has but the connection itself. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

export function connect(databaseUrl: string): Db {
  const adapter = new PrismaPg({ connectionString: databaseUrl, max: 10 }, { statementNameGenerator: statementName });
  return new PrismaClient({ adapter });
}

/**
 * A statement that begins so is parsed and planned once by each connection. For what runs by the hundred a second and has
 * few variants: connections keep them for ever.
 */
export const PREPARED = Prisma.raw("/* prepared */");

const names = new Map<string, string>();

/** None for the others. */
function statementName({ sql }: { sql: string }): string {
  if (!sql.trimStart().startsWith(PREPARED.sql)) return "";
  const name = names.get(sql) ?? createHash("sha256").update(sql).digest("hex").slice(0, 32);
  names.set(sql, name);
  return name;
}

// Next reloads modules in development; the connections survive on globalThis.
const shared = globalThis as { reelflowDb?: Db };

/** This process's database, connected on first use. */
export function db(): Db {
  shared.reelflowDb ??= connect(env().DATABASE_URL);
  return shared.reelflowDb;
}
