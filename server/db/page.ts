/**
 * One page of a long list, newest first: which rows, and how many there are.
 *
 * Counting, which stops at a bound, comes first: it tells whether few rows match, which are best gathered and sorted, or
 * many, of which the newest are soon found by walking back in time. PostgreSQL, left to guess, guesses wrong: looking for
 * 25 tasks of a kind that never occurred, it walked through all of a million (0.5 s instead of 1 ms).
 */
import { z } from "zod";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "./client.ts";

/** Counting further would take longer than finding the page. */
const COUNT_MAX = 1_000;

/** The place of a row in the list. */
export interface Position {
  createdAt: Date;
  id: string;
}

export interface PageRequest {
  /** The last row of the page before; null for the first page. */
  after: Position | null;
  limit: number;
}

export interface Listed {
  rows: Position[];
  hasMore: boolean;
  /** `capped`: there are more than were counted. */
  total: { count: number; capped: boolean };
}

const positions = z.array(z.object({ id: z.string(), createdAt: z.date() }));

/** Each branch is a `FROM "Table" t WHERE …`; a row is listed when any of them selects it. */
export async function readPage(
  db: Db,
  branches: readonly Prisma.Sql[],
  { after, limit }: PageRequest,
): Promise<Listed> {
  const count = await countRows(db, branches);
  const beyond = isBeyond(after);
  const firstOfThem = firstRows(limit);
  const gather = union(branches, (branch) => Prisma.sql`SELECT t."id", t."createdAt" ${branch}`);
  const walk = union(
    branches,
    (branch) => Prisma.sql`SELECT t."id", t."createdAt" ${branch} AND ${beyond} ${firstOfThem}`,
  );
  const found =
    count <= COUNT_MAX
      ? await db.$queryRaw<unknown[]>`
          WITH t AS MATERIALIZED (${gather}) SELECT t."id", t."createdAt" FROM t WHERE ${beyond} ${firstOfThem}`
      : await db.$queryRaw<unknown[]>`SELECT t."id", t."createdAt" FROM (${walk}) t ${firstOfThem}`;
  return listed(found, limit, { count: Math.min(count, COUNT_MAX), capped: count > COUNT_MAX });
}

/** `found` are the rows `firstRows` asked for. */
export function listed(found: readonly unknown[], limit: number, total: Listed["total"]): Listed {
  const rows = positions.parse(found);
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit, total };
}

/** `t` comes after that position in the list. */
export function isBeyond(after: Position | null): Prisma.Sql {
  if (after === null) return Prisma.sql`true`;
  return Prisma.sql`(t."createdAt", t."id") < (${after.createdAt}::timestamptz, ${after.id})`;
}

/** One more than is shown tells whether more follow. */
export function firstRows(limit: number): Prisma.Sql {
  return Prisma.sql`ORDER BY t."createdAt" DESC, t."id" DESC LIMIT ${limit + 1}`;
}

/** More than are well gathered and sorted. */
export async function matchMany(db: Db, branches: readonly Prisma.Sql[]): Promise<boolean> {
  return (await countRows(db, branches)) > COUNT_MAX;
}

async function countRows(db: Db, branches: readonly Prisma.Sql[]): Promise<number> {
  const bound = Prisma.sql`LIMIT ${COUNT_MAX + 1}`;
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT "id" FROM (${union(branches, (branch) => Prisma.sql`SELECT t."id" ${branch} ${bound}`)}) t ${bound}
    ) bounded`;
  return row?.count ?? 0;
}

function union(branches: readonly Prisma.Sql[], select: (branch: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  return Prisma.join(
    branches.map((branch) => Prisma.sql`(${select(branch)})`),
    " UNION ",
  );
}

/** A LIKE pattern for everything that begins so. */
export function prefixPattern(text: string): string {
  return `${text.replace(/[\\%_]/g, "\\$&")}%`;
}
