/**
 * One page of the task list: which tasks, in which order, and how many there are. Any filter must be quick with a million
 * tasks, so each way to select is a branch of its own that an index can answer in the list's order, and counting stops at
 * a bound.
 */
import { z } from "zod";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import type { OperationKind } from "../domain/operations/operation.ts";
import type { StartedBy, TaskState } from "../domain/task.ts";

export const COUNT_MAX = 10_000;

export interface TaskFilter {
  /** The beginning of a task's id, its session id, its media's id or its media's name. */
  search?: string;
  states?: readonly TaskState[];
  /** At least one subtask failed, whatever became of the task. */
  failedSubtask?: boolean;
  procedure?: string;
  kinds?: readonly OperationKind[];
  startedBy?: readonly StartedBy[];
  createdAfter?: Date;
  createdBefore?: Date;
  mediaId?: string;
}

/** The place of a row in a list that is ordered by creation, newest first. */
export interface Position {
  createdAt: Date;
  id: string;
}

const found = z.array(z.object({ id: z.string(), createdAt: z.date() }));

/** Answers one more than `limit` when there is more. */
export async function listTasks(
  db: Db,
  applicationId: number,
  filter: TaskFilter,
  { after, limit }: { after: Position | null; limit: number },
): Promise<Position[]> {
  const beyond =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (t."createdAt", t."id") < (${after.createdAt}::timestamptz, ${after.id})`;
  const order = Prisma.sql`ORDER BY t."createdAt" DESC, t."id" DESC LIMIT ${limit + 1}`;
  const branches = branchesOf(applicationId, filter).map(
    (branch) => Prisma.sql`(SELECT t."id", t."createdAt" ${branch} ${beyond} ${order})`,
  );
  const rows = await db.$queryRaw`
    SELECT t."id", t."createdAt" FROM (${Prisma.join(branches, " UNION ")}) t ${order}`;
  return found.parse(rows);
}

/** At most COUNT_MAX + 1, which means "more than COUNT_MAX". */
export async function countTasks(db: Db, applicationId: number, filter: TaskFilter): Promise<number> {
  const branches = branchesOf(applicationId, filter).map(
    (branch) => Prisma.sql`(SELECT t."id" ${branch} LIMIT ${COUNT_MAX + 1})`,
  );
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT "id" FROM (${Prisma.join(branches, " UNION ")}) t LIMIT ${COUNT_MAX + 1}
    ) bounded`;
  return row?.count ?? 0;
}

/** `FROM … WHERE …` once for each state and way to search; together they select what the filter means. */
function branchesOf(applicationId: number, filter: TaskFilter): Prisma.Sql[] {
  const states = filter.states?.length ? filter.states : [null];
  return waysToSearch(applicationId, filter.search ?? "").flatMap((search) =>
    states.map((state) => {
      const conditions = [
        Prisma.sql`t."applicationId" = ${applicationId}`,
        ...(state === null ? [] : [Prisma.sql`t."state" = ${state}::"TaskState"`]),
        ...conditionsOf(filter),
        ...search,
      ];
      return Prisma.sql`FROM "Task" t WHERE ${Prisma.join(conditions, " AND ")}`;
    }),
  );
}

function conditionsOf(filter: TaskFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (filter.failedSubtask) conditions.push(Prisma.sql`t."failedCount" > 0`);
  if (filter.procedure !== undefined) conditions.push(Prisma.sql`t."procedureName" = ${filter.procedure}`);
  if (filter.kinds?.length) conditions.push(Prisma.sql`t."kinds" && ${[...filter.kinds]}::text[]`);
  if (filter.startedBy?.length)
    conditions.push(Prisma.sql`t."startedBy" = ANY(${[...filter.startedBy]}::"StartedBy"[])`);
  if (filter.createdAfter) conditions.push(Prisma.sql`t."createdAt" >= ${filter.createdAfter}::timestamptz`);
  if (filter.createdBefore) conditions.push(Prisma.sql`t."createdAt" < ${filter.createdBefore}::timestamptz`);
  if (filter.mediaId !== undefined) conditions.push(Prisma.sql`t."mediaId" = ${filter.mediaId}`);
  return conditions;
}

function waysToSearch(applicationId: number, search: string): Prisma.Sql[][] {
  if (search === "") return [[]];
  const prefix = prefixPattern(search);
  const media = (condition: Prisma.Sql) =>
    Prisma.sql`t."mediaId" IN (SELECT m."id" FROM "Media" m WHERE m."applicationId" = ${applicationId} AND ${condition})`;
  return [
    [Prisma.sql`t."id" LIKE ${prefix.toLowerCase()}`],
    [Prisma.sql`t."sessionId" LIKE ${prefix}`],
    [media(Prisma.sql`m."id" LIKE ${prefix}`)],
    [media(Prisma.sql`lower(m."name") LIKE ${prefix.toLowerCase()}`)],
  ];
}

/** A LIKE pattern for everything that begins so. */
export function prefixPattern(text: string): string {
  return `${text.replace(/[\\%_]/g, "\\$&")}%`;
}
