import { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { type Listed, type PageRequest, prefixPattern, readPage } from "../db/page.ts";
import type { MediaKind } from "../domain/media.ts";

export interface MediaFilter {
  /** The beginning of a media's id or name. */
  search?: string;
  kinds?: readonly MediaKind[];
  /** Any of these. */
  tags?: readonly string[];
  categoryIds?: readonly number[];
}

export function listMedia(db: Db, applicationId: number, filter: MediaFilter, page: PageRequest): Promise<Listed> {
  const branches = waysToSearch(filter.search ?? "").map((search) => {
    const conditions = [Prisma.sql`t."applicationId" = ${applicationId}`, Prisma.sql`t."deletedAt" IS NULL`, search];
    if (filter.kinds?.length) conditions.push(Prisma.sql`t."kind" = ANY(${[...filter.kinds]}::"MediaKind"[])`);
    if (filter.tags?.length) conditions.push(Prisma.sql`t."tags" && ${[...filter.tags]}::text[]`);
    if (filter.categoryIds) conditions.push(Prisma.sql`t."categoryId" = ANY(${[...filter.categoryIds]}::int[])`);
    return Prisma.sql`FROM "Media" t WHERE ${Prisma.join(conditions, " AND ")}`;
  });
  return readPage(db, branches, page);
}

function waysToSearch(search: string): Prisma.Sql[] {
  if (search === "") return [Prisma.sql`true`];
  return [
    Prisma.sql`t."id" LIKE ${prefixPattern(search)}`,
    Prisma.sql`lower(t."name") LIKE ${prefixPattern(search.toLowerCase())}`,
  ];
}
