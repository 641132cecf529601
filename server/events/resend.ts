import { Prisma } from "../../prisma/generated/client.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { enqueueAll } from "../jobs/enqueue.ts";
import { branchesOf, type DeliveryFilter } from "./list-deliveries.ts";
import { notifyLive } from "./live.ts";
import { wakeEndpoints } from "./wake-endpoint.ts";

/** At once. More would hold up what is new. */
export const RESEND_MAX = 10_000;
/** Ids in one message of those that changed; beyond, the list is simply read anew. */
const TOLD_MAX = 100;

/** How many a resend of what matches would send again, itself counted no further than it goes. */
export async function countResend(db: Db, applicationId: number, filter: DeliveryFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (${matching(applicationId, filter)}) matching`;
  return row?.count ?? 0;
}

/** Whatever became of them, they go out again as if they were new: same content, same id, attempts counted from the start. */
export async function resendMatching(db: Db, applicationId: number, filter: DeliveryFilter): Promise<number> {
  return inTransaction(db, (tx) => resend(tx, applicationId, matching(applicationId, filter)));
}

export async function resendOne(db: Db, applicationId: number, id: string): Promise<Result<void, Failure>> {
  const sent = await inTransaction(db, (tx) =>
    resend(
      tx,
      applicationId,
      Prisma.sql`SELECT t."id" FROM "Delivery" t WHERE t."id" = ${id} AND t."applicationId" = ${applicationId} AND ${HAS_RECEIVER}`,
    ),
  );
  return sent === 0 ? fail({ code: "DELIVERY_NOT_FOUND", detail: id }) : ok(undefined);
}

/** A deleted endpoint gets nothing any more. */
const HAS_RECEIVER = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "Endpoint" e WHERE e."id" = t."endpointId" AND e."deletedAt" IS NOT NULL
)`;

function matching(applicationId: number, filter: DeliveryFilter): Prisma.Sql {
  const branches = branchesOf(applicationId, filter).map(
    (branch) => Prisma.sql`(SELECT t."id" ${branch} AND ${HAS_RECEIVER} LIMIT ${RESEND_MAX})`,
  );
  return Prisma.sql`SELECT "id" FROM (${Prisma.join(branches, " UNION ALL ")}) t LIMIT ${RESEND_MAX}`;
}

async function resend(tx: Tx, applicationId: number, ids: Prisma.Sql): Promise<number> {
  const again = await tx.$queryRaw<{ id: string; eventId: bigint; endpointId: string | null; hasContent: boolean }[]>`
    UPDATE "Delivery" d SET "state" = 'waiting', "attemptCount" = 0, "handle" = NULL, "errorCode" = NULL, "endedAt" = NULL,
      "dueSince" = clock_timestamp(), "nextAt" = CASE WHEN n."content" IS NOT NULL THEN clock_timestamp() END
    FROM "Notification" n
    WHERE n."eventId" = d."eventId" AND d."id" IN (${ids})
    RETURNING d."id", d."eventId", d."endpointId", n."content" IS NOT NULL AS "hasContent"`;
  const unmade = again.flatMap(({ eventId, hasContent }) => (hasContent ? [] : String(eventId)));
  await enqueueAll(
    tx,
    "renderNotification",
    [...new Set(unmade)].map((eventId) => ({ payload: { eventId } })),
  );
  const endpointIds = [...new Set(again.flatMap(({ endpointId }) => endpointId ?? []))];
  // Whoever asks for it wants it tried now.
  await tx.endpoint.updateMany({ where: { id: { in: endpointIds } }, data: { pausedUntil: null } });
  await wakeEndpoints(tx, endpointIds);
  await notifyLive(tx, {
    ...{ type: "delivery", applicationId, taskId: null },
    deliveryIds: again.slice(0, TOLD_MAX).map(({ id }) => id),
    pulled: again.some(({ endpointId }) => endpointId === null),
  });
  return again.length;
}
