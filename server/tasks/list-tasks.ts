/**
 * Which tasks the list shows. Any filter must be quick with a million of them, so each value of the filters that have an
 * index is a branch of its own, which that index answers in the list's order.
 */
import { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { type Listed, type PageRequest, prefixPattern, readPage } from "../db/page.ts";
import type { OperationKind } from "../domain/operations/operation.ts";
import type { StartedBy, TaskState } from "../domain/task.ts";

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

export function listTasks(db: Db, applicationId: number, filter: TaskFilter, page: PageRequest): Promise<Listed> {
  return readPage(db, branchesOf(applicationId, filter), page);
}

/** `FROM … WHERE …`, several times; together they select what the filter means. */
function branchesOf(applicationId: number, filter: TaskFilter): Prisma.Sql[] {
  const searches = waysToSearch(applicationId, filter.search ?? "");
  const origins = filter.states?.length
    ? filter.states.map((state) => Prisma.sql`t."state" = ${state}::"TaskState"`)
    : (filter.startedBy ?? []).map((by) => Prisma.sql`t."startedBy" = ${by}::"StartedBy"`);
  return searches.flatMap((search) =>
    (origins.length === 0 ? [Prisma.sql`true`] : origins).map((origin) => {
      const conditions = [Prisma.sql`t."applicationId" = ${applicationId}`, origin, search, ...conditionsOf(filter)];
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

function waysToSearch(applicationId: number, search: string): Prisma.Sql[] {
  if (search === "") return [Prisma.sql`true`];
  const prefix = prefixPattern(search);
  const media = (condition: Prisma.Sql) =>
    Prisma.sql`t."mediaId" IN (SELECT m."id" FROM "Media" m WHERE m."applicationId" = ${applicationId} AND ${condition})`;
  return [
    Prisma.sql`t."id" LIKE ${prefix.toLowerCase()}`,
    Prisma.sql`t."sessionId" LIKE ${prefix}`,
    media(Prisma.sql`m."id" LIKE ${prefix}`),
    media(Prisma.sql`lower(m."name") LIKE ${prefix.toLowerCase()}`),
  ];
}
