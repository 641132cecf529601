/** Media by anything that is known of them, by numbered pages. The console's list, which has no end, is `listMedia`. */
import { Prisma } from "../../prisma/generated/client.ts";
import type { MediaSource } from "../../prisma/generated/enums.ts";
import type { Db } from "../db/client.ts";
import { prefixPattern } from "../db/page.ts";
import type { MediaKind } from "../domain/media.ts";

/** Nobody counts or turns pages further. */
export const SEARCH_WINDOW = 5_000;

/** Everything given has to hold; of a list, one of it. */
export interface MediaSearch {
  ids?: readonly string[];
  /** Anywhere in the name, in any case. */
  names?: readonly string[];
  namePrefixes?: readonly string[];
  descriptions?: readonly string[];
  /** In the name or the description. */
  text?: string;
  categoryIds?: readonly number[];
  tags?: readonly string[];
  kinds?: readonly MediaKind[];
  sources?: readonly MediaSource[];
  /** Endings of the stored files, without their dots. */
  extensions?: readonly string[];
  createdFrom?: Date;
  createdTo?: Date;
  expiresFrom?: Date;
  expiresTo?: Date;
}

export interface FoundMedia {
  ids: string[];
  /** At most `SEARCH_WINDOW`. */
  total: number;
}

export async function searchMedia(
  db: Db,
  applicationId: number,
  search: MediaSearch,
  page: { order: "newest" | "oldest"; offset: number; limit: number },
): Promise<FoundMedia> {
  const where = Prisma.sql`FROM "Media" t WHERE ${Prisma.join(conditionsOf(applicationId, search), " AND ")}`;
  const [counted] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 ${where} LIMIT ${SEARCH_WINDOW}) bounded`;
  const total = counted?.count ?? 0;
  if (total <= page.offset) return { ids: [], total };
  const order =
    page.order === "newest" ? Prisma.sql`t."createdAt" DESC, t."id" DESC` : Prisma.sql`t."createdAt" ASC, t."id" ASC`;
  // Few are gathered and sorted; of many the first are soon found by walking in time, which PostgreSQL would also do for few.
  const from = total < SEARCH_WINDOW ? Prisma.sql`FROM (SELECT t."id", t."createdAt" ${where} OFFSET 0) t` : where;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT t."id" ${from} ORDER BY ${order} LIMIT ${page.limit} OFFSET ${page.offset}`;
  return { ids: rows.map(({ id }) => id), total };
}

function conditionsOf(applicationId: number, search: MediaSearch): Prisma.Sql[] {
  const conditions = [Prisma.sql`t."applicationId" = ${applicationId}`, Prisma.sql`t."deletedAt" IS NULL`];
  const add = (condition: Prisma.Sql) => conditions.push(condition);
  const { ids, names, namePrefixes, descriptions, text, categoryIds, tags, kinds, sources, extensions } = search;
  if (ids) add(Prisma.sql`t."id" = ANY(${[...ids]})`);
  if (names) add(Prisma.sql`lower(t."name") LIKE ANY(${names.map(withinPattern)})`);
  if (namePrefixes) add(anyOf(namePrefixes.map((prefix) => beginsWith(prefix.toLowerCase()))));
  if (descriptions) add(Prisma.sql`lower(t."description") LIKE ANY(${descriptions.map(withinPattern)})`);
  if (text) {
    const pattern = withinPattern(text);
    add(Prisma.sql`(lower(t."name") LIKE ${pattern} OR lower(t."description") LIKE ${pattern})`);
  }
  if (categoryIds) add(Prisma.sql`t."categoryId" = ANY(${[...categoryIds]}::int[])`);
  if (tags) add(Prisma.sql`t."tags" && ${[...tags]}::text[]`);
  if (kinds) add(Prisma.sql`t."kind" = ANY(${[...kinds]}::"MediaKind"[])`);
  if (sources) add(Prisma.sql`t."source" = ANY(${[...sources]}::"MediaSource"[])`);
  if (extensions) add(Prisma.sql`split_part(t."storageKey", '/source.', 2) = ANY(${[...extensions]})`);
  if (search.createdFrom) add(Prisma.sql`t."createdAt" >= ${search.createdFrom}`);
  if (search.createdTo) add(Prisma.sql`t."createdAt" <= ${search.createdTo}`);
  if (search.expiresFrom) add(Prisma.sql`t."expiresAt" >= ${search.expiresFrom}`);
  if (search.expiresTo) add(Prisma.sql`t."expiresAt" <= ${search.expiresTo}`);
  return conditions;
}

/** Each on its own, as an index serves one pattern. */
function beginsWith(prefix: string): Prisma.Sql {
  return Prisma.sql`lower(t."name") LIKE ${prefixPattern(prefix)}`;
}

function anyOf(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}

function withinPattern(text: string): string {
  return `%${prefixPattern(text.toLowerCase())}`;
}
