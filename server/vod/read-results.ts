/** What tasks made of media: of every kind and template the newest there is. */
import type { Db } from "../db/client.ts";
import { outputFacts, outputParts, outputRole, storedOperation } from "../db/rows.ts";
import type { Operation, OperationKind } from "../domain/operations/operation.ts";
import type { OutputRecord } from "./tasks/read-task.ts";

export interface MediaResult {
  mediaId: string;
  operation: Operation;
  definition: number;
  outputs: OutputRecord[];
}

/** In the order of their kinds and templates. Two queries, however many media and tasks there are. */
export async function readResults(
  db: Db,
  applicationId: number,
  mediaIds: readonly string[],
  kinds: readonly OperationKind[],
): Promise<MediaResult[]> {
  if (kinds.length === 0 || mediaIds.length === 0) return [];
  const newest = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT ON (t."mediaId", family, s."templateDefinition") s."id",
      -- The wire numbers the templates of these together.
      CASE WHEN s."kind" IN ('remux', 'audio') THEN 'transcode' ELSE s."kind" END AS family
    FROM "Task" t JOIN "Subtask" s ON s."taskId" = t."id"
    WHERE t."mediaId" = ANY(${[...mediaIds]}) AND t."applicationId" = ${applicationId}
      AND s."state" = 'succeeded' AND s."kind" = ANY(${[...kinds]}) AND s."templateDefinition" IS NOT NULL
      AND EXISTS (SELECT 1 FROM "Output" o WHERE o."subtaskId" = s."id")
    ORDER BY t."mediaId", family, s."templateDefinition", s."endedAt" DESC, s."id"`;
  const rows = await db.subtask.findMany({
    where: { id: { in: newest.map(({ id }) => id) } },
    select: {
      operation: true,
      templateDefinition: true,
      task: { select: { mediaId: true } },
      outputs: { orderBy: { number: "asc" } },
    },
    orderBy: [{ kind: "asc" }, { templateDefinition: "asc" }],
  });
  return rows.flatMap(({ operation: stored, templateDefinition, task, outputs }) => {
    // Parameters from a release that knew others are not shown, and hurt nobody.
    const operation = storedOperation.safeParse(stored).data;
    if (operation === null || operation === undefined) return [];
    return [
      {
        mediaId: task.mediaId,
        operation,
        definition: templateDefinition ?? 0,
        outputs: outputs.map((output) => ({
          ...output,
          role: outputRole.parse(output.role),
          sizeBytes: Number(output.sizeBytes),
          facts: outputFacts.parse(output.facts),
          parts: outputParts.parse(output.parts),
        })),
      },
    ];
  });
}
