import { CUSTOM_DEFINITION_MIN, familyOf, TEMPLATE_KINDS } from "#domain/template.ts";
import type { Db } from "../db/client.ts";
import type { TemplateKey } from "./save-version.ts";

const DAYS = 30;
const COUNT_MAX = 1000;

export interface TaskCount {
  count: number;
  /** There are at least this many. */
  capped: boolean;
}

/** How many tasks of the last 30 days had a step of a custom template. Of presets nobody keeps count. */
export async function countTasksOf(db: Db, { applicationId, family, definition }: TemplateKey): Promise<TaskCount> {
  if (definition < CUSTOM_DEFINITION_MIN) return { count: 0, capped: false };
  const kinds = TEMPLATE_KINDS.filter((kind) => familyOf(kind) === family);
  // A cover is made with a snapshot's template.
  const ofSubtasks: string[] = family === "snapshot" ? [...kinds, "cover"] : kinds;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "Task" t
    WHERE t."applicationId" = ${applicationId}
      AND t."createdAt" > clock_timestamp() - make_interval(days => ${DAYS}::int)
      AND t."id" IN (
        SELECT s."taskId" FROM "Subtask" s
        WHERE s."templateDefinition" = ${definition} AND s."templateDefinition" > 1000000
          AND s."kind" = ANY(${ofSubtasks}::text[])
      )
    LIMIT ${COUNT_MAX}`;
  return { count: rows.length, capped: rows.length === COUNT_MAX };
}
