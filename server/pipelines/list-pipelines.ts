import { z } from "zod";
import type { Db } from "../db/client.ts";

const pipelineRows = z.array(
  z.object({
    id: z.int(),
    name: z.string(),
    capacity: z.int(),
    priority: z.int(),
    paused: z.boolean(),
    isDefault: z.boolean(),
    queuedCount: z.int(),
    inProgressCount: z.int(),
  }),
);
export type ListedPipeline = z.output<typeof pipelineRows>[number];

export async function listPipelines(db: Db, applicationId: number): Promise<ListedPipeline[]> {
  // The two conditions are those of the partial indexes, so ended runs are never looked at.
  const rows = await db.$queryRaw`
    SELECT p."id", p."name", p."capacity", p."priority", p."paused", p."isDefault",
      (SELECT count(*)::int FROM "Run" r WHERE r."pipelineId" = p."id" AND r."state" = 'queued') AS "queuedCount",
      (SELECT count(*)::int FROM "Run" r WHERE r."pipelineId" = p."id" AND r."state" IN ('admitted', 'running'))
        AS "inProgressCount"
    FROM "Pipeline" p WHERE p."applicationId" = ${applicationId}
    ORDER BY p."isDefault" DESC, p."priority" DESC, p."id"`;
  return pipelineRows.parse(rows);
}
