import type { Db } from "../db/client.ts";

const TAGS_SHOWN = 100;

export interface UsedTag {
  tag: string;
  count: number;
}

/** The most used first. */
export function listTags(db: Db, applicationId: number): Promise<UsedTag[]> {
  return db.$queryRaw<UsedTag[]>`
    SELECT tag, count(*)::int AS count FROM "Media" m, unnest(m."tags") tag
    WHERE m."applicationId" = ${applicationId} AND m."deletedAt" IS NULL AND m."tags" <> '{}'
    GROUP BY tag ORDER BY count DESC, tag LIMIT ${TAGS_SHOWN}`;
}
