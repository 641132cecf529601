/**
 * Which deliveries the list shows, at a million as at ten. Both indexes hold those of one state and kind together, newest
 * first; so whatever is filtered by, a page is the newest of the newest of every state and kind that is asked for.
 */
import { Prisma } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { type Listed, type PageRequest, readPage } from "../db/page.ts";
import {
  DELIVERY_STATES,
  type DeliveryState,
  NOTIFICATION_KINDS,
  type NotificationKind,
} from "../domain/notification.ts";

/** Stands for the pull queue where an endpoint is asked for. */
export const PULL_QUEUE = "pull";

export interface DeliveryFilter {
  kinds?: readonly NotificationKind[];
  states?: readonly DeliveryState[];
  /** An endpoint's id, or PULL_QUEUE. */
  receiver?: string;
  taskId?: string;
  createdAfter?: Date;
  createdBefore?: Date;
}

export async function listDeliveries(
  db: Db,
  applicationId: number,
  filter: DeliveryFilter,
  page: PageRequest,
): Promise<Listed> {
  return readPage(db, branchesOf(applicationId, filter), page);
}

/** `FROM "Delivery" t WHERE …`, one for each way through an index. */
export function branchesOf(applicationId: number, filter: DeliveryFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`t."applicationId" = ${applicationId}`, ...conditionsOf(filter)];
  const states = filter.states?.length ? filter.states : DELIVERY_STATES;
  const kinds = filter.kinds?.length ? filter.kinds : NOTIFICATION_KINDS;
  const from = (more: readonly Prisma.Sql[]) =>
    Prisma.sql`FROM "Delivery" t WHERE ${Prisma.join([...conditions, ...more], " AND ")}`;
  // A task has few, and an index that finds them.
  if (filter.taskId !== undefined) {
    return [
      from([
        Prisma.sql`t."taskId" = ${filter.taskId}`,
        Prisma.sql`t."state" = ANY (${[...states]}::"DeliveryState"[]) AND t."kind" = ANY (${[...kinds]})`,
      ]),
    ];
  }
  return states.flatMap((state) =>
    kinds.map((kind) => from([Prisma.sql`t."state" = ${state}::"DeliveryState" AND t."kind" = ${kind}`])),
  );
}

function conditionsOf({ receiver, createdAfter, createdBefore }: DeliveryFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (receiver === PULL_QUEUE) conditions.push(Prisma.sql`t."endpointId" IS NULL`);
  else if (receiver !== undefined) conditions.push(Prisma.sql`t."endpointId" = ${receiver}`);
  if (createdAfter) conditions.push(Prisma.sql`t."createdAt" >= ${createdAfter}::timestamptz`);
  if (createdBefore) conditions.push(Prisma.sql`t."createdAt" < ${createdBefore}::timestamptz`);
  return conditions;
}
