import { Prisma } from "../../prisma/generated/client.ts";
import { prefixPattern } from "../db/page.ts";

/**
 * Conditions on a task `t`, which matches the search if any of them holds: it begins its id, its session id, its media's
 * id or its media's name. Apart, each can use an index of its own.
 */
export function waysToSearch(applicationId: number, search: string): Prisma.Sql[] {
  const exact = prefixPattern(search);
  const lower = prefixPattern(search.toLowerCase());
  const media = (condition: Prisma.Sql) =>
    Prisma.sql`t."mediaId" IN (SELECT m."id" FROM "Media" m WHERE m."applicationId" = ${applicationId} AND ${condition})`;
  return [
    Prisma.sql`t."id" LIKE ${lower}`,
    Prisma.sql`t."sessionId" LIKE ${exact}`,
    media(Prisma.sql`m."id" LIKE ${exact}`),
    media(Prisma.sql`lower(m."name") LIKE ${lower}`),
  ];
}

/** The same as one condition, to be asked of tasks at hand: it looks up the media of each. */
export function matchesSearch(search: string): Prisma.Sql {
  const exact = prefixPattern(search);
  const lower = prefixPattern(search.toLowerCase());
  return Prisma.sql`(t."id" LIKE ${lower} OR t."sessionId" LIKE ${exact} OR EXISTS (
    SELECT FROM "Media" m WHERE m."id" = t."mediaId" AND (m."id" LIKE ${exact} OR lower(m."name") LIKE ${lower})
  ))`;
}
