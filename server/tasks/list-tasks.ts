/**
 * Which tasks the list shows: at a million tasks, within milliseconds, whatever is filtered by.
 *
 * State, origin and operation kinds take few values each, and of their combinations a hundred or so occur; an index holds
 * the tasks of each combination together, newest first. So a page is the newest of the newest rows of every combination
 * that matches, each read from its place in the index, and takes the same time whether a million tasks match or none.
 * (One index per filter is quick for one filter. For two, PostgreSQL has to guess which of them to walk, and how far.)
 */
import { z } from "zod";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { firstRows, isBeyond, type Listed, listed, matchMany, type PageRequest, readPage } from "../db/page.ts";
import type { OperationKind } from "../domain/operations/operation.ts";
import type { StartedBy, TaskState } from "../domain/task.ts";
import { matchesSearch, waysToSearch } from "./search-tasks.ts";

/** Tasks looked at for the total. */
const COUNT_MAX = 10_000;

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

export async function listTasks(db: Db, applicationId: number, filter: TaskFilter, page: PageRequest): Promise<Listed> {
  const { search, mediaId } = filter;
  // A media has few tasks, and an index that finds them.
  if (mediaId !== undefined) return readPage(db, branchesOf(applicationId, filter), page);
  if (!search) return walk(db, applicationId, filter, Prisma.sql`true`, page);
  const filtersMore = filter.procedure !== undefined || combinationConditions(filter).length > 0;
  if (filtersMore && (await matchMany(db, branchesOf(applicationId, { search })))) {
    return walk(db, applicationId, filter, matchesSearch(search), page);
  }
  return readPage(db, branchesOf(applicationId, filter), page);
}

/** `condition` is asked of each task on the way: it should hold for many, or the way is long. */
async function walk(
  db: Db,
  applicationId: number,
  filter: TaskFilter,
  condition: Prisma.Sql,
  { after, limit }: PageRequest,
): Promise<Listed> {
  const combinations = combinationsOf(applicationId, filter);
  const tasks = tasksOf(applicationId, filter);
  const [found, counted] = await Promise.all([
    db.$queryRaw<unknown[]>`
      ${combinations}
      SELECT t."id", t."createdAt" FROM combination c CROSS JOIN LATERAL (
        SELECT t."id", t."createdAt" ${tasks} AND ${condition} AND ${isBeyond(after)} ${firstRows(limit)}
      ) t
      ${firstRows(limit)}`,
    db.$queryRaw<unknown[]>`
      ${combinations}
      SELECT count(*) FILTER (WHERE "matches")::int AS "count", count(*) > ${COUNT_MAX} AS "capped" FROM (
        SELECT t."matches" FROM combination c CROSS JOIN LATERAL (
          SELECT ${condition} AS "matches" ${tasks} LIMIT ${COUNT_MAX + 1}
        ) t
        LIMIT ${COUNT_MAX + 1}
      ) looked_at`,
  ]);
  const [total] = totalRow.parse(counted);
  return listed(found, limit, { ...total, count: Math.min(total.count, COUNT_MAX) });
}

const totalRow = z.tuple([z.object({ count: z.int(), capped: z.boolean() })]);

/** `WITH …`: the combinations that occur and match: from each that occurs the index leads to the next, without reading what lies between. */
export function combinationsOf(applicationId: number, filter: TaskFilter): Prisma.Sql {
  const columns = Prisma.sql`"state", "startedBy", "kinds"`;
  const scope = scopeOf(applicationId, filter);
  return Prisma.sql`
    WITH RECURSIVE occurring AS (
      (SELECT ${columns} FROM "Task" t WHERE ${scope} ORDER BY ${columns} LIMIT 1)
      UNION ALL
      SELECT next.* FROM occurring o CROSS JOIN LATERAL (
        SELECT ${columns} FROM "Task" t
        WHERE ${scope} AND (${columns}) > (o."state", o."startedBy", o."kinds")
        ORDER BY ${columns} LIMIT 1
      ) next
    ), combination AS (
      SELECT * FROM occurring t WHERE ${allOf(combinationConditions(filter))}
    )`;
}

/** `FROM … WHERE …`: the tasks of combination `c`, in the order of the index. */
export function tasksOf(applicationId: number, filter: TaskFilter): Prisma.Sql {
  const conditions = [
    scopeOf(applicationId, filter),
    Prisma.sql`t."state" = c."state" AND t."startedBy" = c."startedBy" AND t."kinds" = c."kinds"`,
    ...taskConditions(filter),
  ];
  return Prisma.sql`FROM "Task" t WHERE ${allOf(conditions)}`;
}

/** The columns both indexes begin with. */
function scopeOf(applicationId: number, { procedure }: TaskFilter): Prisma.Sql {
  const application = Prisma.sql`t."applicationId" = ${applicationId}`;
  return procedure === undefined ? application : Prisma.sql`${application} AND t."procedureName" = ${procedure}`;
}

/** What is the same for all tasks of a combination. */
function combinationConditions({ states, startedBy, kinds, failedSubtask }: TaskFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (states?.length) conditions.push(Prisma.sql`t."state" = ANY(${[...states]}::"TaskState"[])`);
  if (startedBy?.length) conditions.push(Prisma.sql`t."startedBy" = ANY(${[...startedBy]}::"StartedBy"[])`);
  if (kinds?.length) conditions.push(Prisma.sql`t."kinds" && ${[...kinds]}::text[]`);
  // A task with a failed subtask either has failed or has not ended.
  if (failedSubtask) conditions.push(Prisma.sql`t."state" IN ('failed', 'processing')`);
  return conditions;
}

function taskConditions({ failedSubtask, createdAfter, createdBefore, mediaId }: TaskFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (failedSubtask) conditions.push(Prisma.sql`t."failedCount" > 0`);
  if (createdAfter) conditions.push(Prisma.sql`t."createdAt" >= ${createdAfter}::timestamptz`);
  if (createdBefore) conditions.push(Prisma.sql`t."createdAt" < ${createdBefore}::timestamptz`);
  if (mediaId !== undefined) conditions.push(Prisma.sql`t."mediaId" = ${mediaId}`);
  return conditions;
}

function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], " AND ");
}

/** One for each way to search: an OR of them all could not use their indexes. */
export function branchesOf(applicationId: number, filter: TaskFilter): Prisma.Sql[] {
  const conditions = [scopeOf(applicationId, filter), ...combinationConditions(filter), ...taskConditions(filter)];
  const ways = filter.search ? waysToSearch(applicationId, filter.search) : [Prisma.sql`true`];
  return ways.map((way) => Prisma.sql`FROM "Task" t WHERE ${allOf([...conditions, way])}`);
}
