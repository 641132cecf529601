/**
 * One page of the task list: which tasks, in which order, and how many there are. Any filter must be quick with a million
 * tasks. So each value of the filters that have an index is a branch of its own, which that index answers in the list's
 * order; and counting, which stops at a bound, comes first: it tells whether few tasks match, which are best gathered and
 * sorted, or many, of which the newest are soon found by walking back in time. PostgreSQL, left to guess, guesses wrong.
 */
import { z } from "zod";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import type { OperationKind } from "../domain/operations/operation.ts";
import type { StartedBy, TaskState } from "../domain/task.ts";

export const COUNT_MAX = 1_000;

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

const positions = z.array(z.object({ id: z.string(), createdAt: z.date() }));

interface TaskPage {
  tasks: Position[];
  hasMore: boolean;
  /** At most COUNT_MAX + 1, which means "more than COUNT_MAX". */
  count: number;
}

export async function listTasks(
  db: Db,
  applicationId: number,
  filter: TaskFilter,
  { after, limit }: { after: Position | null; limit: number },
): Promise<TaskPage> {
  const branches = branchesOf(applicationId, filter);
  const count = await countTasks(db, branches);
  const beyond =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(t."createdAt", t."id") < (${after.createdAt}::timestamptz, ${after.id})`;
  const firstOfThem = Prisma.sql`ORDER BY t."createdAt" DESC, t."id" DESC LIMIT ${limit + 1}`;
  const rows =
    count <= COUNT_MAX
      ? await db.$queryRaw`
          WITH t AS MATERIALIZED (${union(branches, (branch) => Prisma.sql`SELECT t."id", t."createdAt" ${branch}`)})
          SELECT t."id", t."createdAt" FROM t WHERE ${beyond} ${firstOfThem}`
      : await db.$queryRaw`
          SELECT t."id", t."createdAt" FROM (${union(
            branches,
            (branch) => Prisma.sql`SELECT t."id", t."createdAt" ${branch} AND ${beyond} ${firstOfThem}`,
          )}) t ${firstOfThem}`;
  const tasks = positions.parse(rows);
  return { tasks: tasks.slice(0, limit), hasMore: tasks.length > limit, count };
}

async function countTasks(db: Db, branches: readonly Prisma.Sql[]): Promise<number> {
  const bound = Prisma.sql`LIMIT ${COUNT_MAX + 1}`;
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT "id" FROM (${union(branches, (branch) => Prisma.sql`SELECT t."id" ${branch} ${bound}`)}) t ${bound}
    ) bounded`;
  return row?.count ?? 0;
}

function union(branches: readonly Prisma.Sql[], select: (branch: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  return Prisma.join(
    branches.map((branch) => Prisma.sql`(${select(branch)})`),
    " UNION ",
  );
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

/** A LIKE pattern for everything that begins so. */
export function prefixPattern(text: string): string {
  return `${text.replace(/[\\%_]/g, "\\$&")}%`;
}
