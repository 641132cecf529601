import { z } from "zod";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { STATE_COUNT_MAX, TASK_STATES, type TaskState } from "../domain/task.ts";
import { branchesOf, combinationsOf, type TaskFilter, tasksOf } from "./list-tasks.ts";

/** Of what a search finds, which lies in no order that states are together in. */
const LOOKED_AT_MAX = 5_000;

/** Up to one more than `STATE_COUNT_MAX`. Null where a search finds so many that counting would take longer than reading. */
export type StateCounts = Readonly<Record<TaskState, number>> | null;

const rows = z.array(z.object({ state: z.enum(TASK_STATES), count: z.int() }));

/** How many tasks there are in each state, whichever of them are shown. */
export async function countByState(
  db: Db,
  applicationId: number,
  filter: Omit<TaskFilter, "states">,
): Promise<StateCounts> {
  const searched = Boolean(filter.search) || filter.mediaId !== undefined;
  return searched ? countFound(db, applicationId, filter) : countWalking(db, applicationId, filter);
}

/** The index has the tasks of a state together: of each, no more are read than are counted. */
async function countWalking(db: Db, applicationId: number, filter: TaskFilter): Promise<StateCounts> {
  const bound = Prisma.sql`LIMIT ${STATE_COUNT_MAX + 1}`;
  const found = await db.$queryRaw<unknown[]>`
    ${combinationsOf(applicationId, filter)}
    SELECT s."state", (
      SELECT count(*)::int FROM (
        SELECT FROM combination c CROSS JOIN LATERAL (SELECT ${tasksOf(applicationId, filter)} ${bound}) t
        WHERE c."state" = s."state" ${bound}
      ) found
    ) AS "count"
    FROM unnest(enum_range(NULL::"TaskState")) AS s("state")`;
  return countsOf(found);
}

async function countFound(db: Db, applicationId: number, filter: TaskFilter): Promise<StateCounts> {
  const bound = Prisma.sql`LIMIT ${LOOKED_AT_MAX + 1}`;
  const branches = branchesOf(applicationId, filter).map(
    (branch) => Prisma.sql`(SELECT t."id", t."state" ${branch} ${bound})`,
  );
  const found = await db.$queryRaw<unknown[]>`
    SELECT t."state", count(*)::int AS "count" FROM (
      SELECT * FROM (${Prisma.join(branches, " UNION ")}) either ${bound}
    ) t GROUP BY t."state"`;
  const lookedAt = rows.parse(found).reduce((sum, { count }) => sum + count, 0);
  return lookedAt > LOOKED_AT_MAX ? null : countsOf(found);
}

function countsOf(found: readonly unknown[]): Record<TaskState, number> {
  const counts = { waiting: 0, processing: 0, succeeded: 0, failed: 0, cancelled: 0 };
  for (const { state, count } of rows.parse(found)) counts[state] = Math.min(count, STATE_COUNT_MAX + 1);
  return counts;
}
