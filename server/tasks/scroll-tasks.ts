/**
 * Tasks one stretch after another, in either direction, by when they were created or ended: for programs that read all of
 * them, and ask for no total. How a page is found quickly, see list-tasks.ts.
 */
import { z } from "zod";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Tx } from "../db/client.ts";
import { NOTIFY_MODES, TASK_STATES } from "../domain/task.ts";
import { combinationsOf, type TaskFilter, tasksOf } from "./list-tasks.ts";

const row = z.object({
  id: z.string(),
  mediaId: z.string(),
  state: z.enum(TASK_STATES),
  kinds: z.array(z.string()),
  notifyMode: z.enum(NOTIFY_MODES),
  sessionId: z.string().nullable(),
  sessionContext: z.string(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type ScrolledTask = z.output<typeof row>;

export interface Scroll {
  by: "createdAt" | "endedAt";
  order: "asc" | "desc";
  limit: number;
  /** The first of the stretch; null: from the beginning. */
  from: { at: Date; id: string } | null;
  filter: Pick<TaskFilter, "states" | "mediaId" | "createdAfter" | "createdBefore">;
  endedAfter?: Date | undefined;
  endedBefore?: Date | undefined;
}

export interface Scrolled {
  tasks: ScrolledTask[];
  /** Where the next stretch begins; null: there is none. */
  next: Scroll["from"];
}

const COLUMNS = Prisma.sql`t."id", t."mediaId", t."state", t."kinds", t."notifyMode", t."sessionId", t."sessionContext",
  t."createdAt", t."startedAt", t."endedAt"`;

/** By end, only tasks that have ended are there. */
export async function scrollTasks(tx: Tx, applicationId: number, scroll: Scroll): Promise<Scrolled> {
  const { by, limit, filter } = scroll;
  const found = await (by === "createdAt" && filter.mediaId === undefined
    ? byCreation(tx, applicationId, scroll)
    : byIndex(tx, applicationId, scroll));
  const tasks = z.array(row).parse(found);
  const beyond = tasks[limit];
  const at = beyond?.[by];
  return { tasks: tasks.slice(0, limit), next: beyond && at ? { at, id: beyond.id } : null };
}

/** The same of certain tasks, in the order of `ids`. */
export async function readScrolledTasks(tx: Tx, ids: readonly string[]): Promise<ScrolledTask[]> {
  const found = z
    .array(row)
    .parse(await tx.$queryRaw`SELECT ${COLUMNS} FROM "Task" t WHERE t."id" = ANY (${[...ids]})`);
  const byId = new Map(found.map((task) => [task.id, task]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function byCreation(tx: Tx, applicationId: number, scroll: Scroll): Promise<unknown[]> {
  const conditions = Prisma.join(conditionsOf(scroll), " AND ");
  const firsts = firstsOf(scroll);
  return tx.$queryRaw<unknown[]>`
    ${combinationsOf(applicationId, scroll.filter)}
    SELECT ${COLUMNS} FROM combination c CROSS JOIN LATERAL (
      SELECT ${COLUMNS} ${tasksOf(applicationId, scroll.filter)} AND ${conditions} ${firsts}
    ) t
    ${firsts}`;
}

/** A media has few tasks; those that ended have an index of their own. */
function byIndex(tx: Tx, applicationId: number, scroll: Scroll): Promise<unknown[]> {
  const { states, mediaId, createdAfter, createdBefore } = scroll.filter;
  const conditions = conditionsOf(scroll);
  if (states !== undefined) conditions.push(Prisma.sql`t."state" = ANY (${[...states]}::"TaskState"[])`);
  if (mediaId !== undefined) conditions.push(Prisma.sql`t."mediaId" = ${mediaId}`);
  if (createdAfter !== undefined) conditions.push(Prisma.sql`t."createdAt" >= ${createdAfter}::timestamptz`);
  if (createdBefore !== undefined) conditions.push(Prisma.sql`t."createdAt" < ${createdBefore}::timestamptz`);
  return tx.$queryRaw<unknown[]>`
    SELECT ${COLUMNS} FROM "Task" t
    WHERE t."applicationId" = ${applicationId} AND ${Prisma.join(conditions, " AND ")}
    ${firstsOf(scroll)}`;
}

function conditionsOf({ by, order, from, endedAfter, endedBefore }: Scroll): Prisma.Sql[] {
  const conditions = [Prisma.sql`true`];
  if (by === "endedAt") conditions.push(Prisma.sql`t."endedAt" IS NOT NULL`);
  if (endedAfter !== undefined) conditions.push(Prisma.sql`t."endedAt" >= ${endedAfter}::timestamptz`);
  if (endedBefore !== undefined) conditions.push(Prisma.sql`t."endedAt" < ${endedBefore}::timestamptz`);
  if (from !== null) {
    const reached = order === "desc" ? Prisma.sql`<=` : Prisma.sql`>=`;
    conditions.push(Prisma.sql`(${columnOf(by)}, t."id") ${reached} (${from.at}::timestamptz, ${from.id})`);
  }
  return conditions;
}

/** One more than is shown is where the next stretch begins. */
function firstsOf({ by, order, limit }: Scroll): Prisma.Sql {
  const direction = order === "desc" ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return Prisma.sql`ORDER BY ${columnOf(by)} ${direction}, t."id" ${direction} LIMIT ${limit + 1}`;
}

function columnOf(by: Scroll["by"]): Prisma.Sql {
  return by === "createdAt" ? Prisma.sql`t."createdAt"` : Prisma.sql`t."endedAt"`;
}
