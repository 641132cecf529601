import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../prisma/generated/client.ts";
import { env } from "../env.ts";

export type Db = PrismaClient;
/** A transaction in progress: everything `Db` has but the connection itself. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

export function connect(databaseUrl: string): Db {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 10 }) });
}

// Next reloads modules in development; the connections survive on globalThis.
const shared = globalThis as { reelflowDb?: Db };

/** This process's database, connected on first use. */
export function db(): Db {
  shared.reelflowDb ??= connect(env().DATABASE_URL);
  return shared.reelflowDb;
}
