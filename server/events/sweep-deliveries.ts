import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { PULL_DAYS_MAX, PUSH_DAYS_MAX } from "../domain/notification.ts";
import { wakeEndpoints } from "./wake-endpoint.ts";

/** At a time; the next sweep comes soon. */
const EXPIRED_MAX = 1_000;

/**
 * Gives up what has waited too long: at an endpoint that is switched off or silent, or in a queue that nobody pulls from.
 * Answers how many.
 */
export async function sweepDeliveries(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    const expired = await tx.$queryRaw<{ endpointId: string | null }[]>`
      UPDATE "Delivery" SET "state" = 'failed', "errorCode" = coalesce("errorCode", 'expired'), "endedAt" = clock_timestamp()
      WHERE "id" IN (
        SELECT "id" FROM "Delivery"
        WHERE "state" = 'waiting' AND "dueSince" < clock_timestamp() - make_interval(days => ${PUSH_DAYS_MAX}::int)
          AND ("endpointId" IS NOT NULL OR "dueSince" < clock_timestamp() - make_interval(days => ${PULL_DAYS_MAX}::int))
        ORDER BY "dueSince" LIMIT ${EXPIRED_MAX} FOR UPDATE SKIP LOCKED
      )
      RETURNING "endpointId"`;
    await wakeEndpoints(
      tx,
      expired.flatMap(({ endpointId }) => endpointId ?? []),
    );
    return expired.length;
  });
}
