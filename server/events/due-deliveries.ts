import type { Db } from "../db/client.ts";
import { isUnreachable } from "../domain/notification.ts";

/** A delivery whose turn it is, with all that sending it takes. */
export interface DueDelivery {
  id: string;
  endpointId: string;
  applicationId: number;
  taskId: string | null;
  attemptCount: number;
  content: string;
}

/** An endpoint that may be sent to now. */
export interface OpenEndpoint {
  id: string;
  applicationId: number;
  url: string;
  signKey: Uint8Array | null;
  secret: Uint8Array;
  /** Null once its time is over. */
  previousSecret: Uint8Array | null;
  failureCount: number;
}

export async function findOpenEndpoint(db: Db, id: string): Promise<OpenEndpoint | null> {
  const [endpoint] = await db.$queryRaw<OpenEndpoint[]>`
    SELECT "id", "applicationId", "url", "signKey", "secret", "failureCount",
      CASE WHEN "previousSecretUntil" > clock_timestamp() THEN "previousSecret" END AS "previousSecret"
    FROM "Endpoint"
    WHERE "id" = ${id} AND "enabled" AND "deletedAt" IS NULL AND "url" <> ''
      AND coalesce("pausedUntil", '-infinity') <= clock_timestamp()`;
  return endpoint ?? null;
}

/**
 * The next of an endpoint that are due, but for those on their way. Of one task only the earliest counts: the others wait
 * until it has arrived or is given up. An endpoint that did not answer for long gets one at a time.
 */
export async function findDue(
  db: Db,
  { id, failureCount }: OpenEndpoint,
  { onTheirWay, atOnceMax }: { onTheirWay: readonly string[]; atOnceMax: number },
): Promise<DueDelivery[]> {
  const limit = (isUnreachable(failureCount) ? 1 : atOnceMax) - onTheirWay.length;
  if (limit <= 0) return [];
  return db.$queryRaw<DueDelivery[]>`
    SELECT d."id", d."endpointId", d."applicationId", d."taskId", d."attemptCount", n."content"
    FROM "Delivery" d JOIN "Notification" n ON n."eventId" = d."eventId"
    WHERE d."endpointId" = ${id} AND d."state" = 'waiting' AND d."nextAt" <= clock_timestamp()
      AND d."id" <> ALL (${[...onTheirWay]}::text[])
      AND NOT EXISTS (
        SELECT 1 FROM "Delivery" before
        WHERE before."endpointId" = ${id} AND before."state" = 'waiting'
          AND before."orderKey" = d."orderKey" AND before."id" < d."id"
      )
    ORDER BY d."nextAt", d."id" LIMIT ${limit}`;
}

/** When there will be something to send again; null when nothing waits, or the endpoint is switched off. */
export async function nextDueAt(db: Db, endpointId: string): Promise<Date | null> {
  const [next] = await db.$queryRaw<{ at: Date }[]>`
    SELECT greatest(d."nextAt", e."pausedUntil") AS "at"
    FROM "Delivery" d JOIN "Endpoint" e ON e."id" = d."endpointId"
    WHERE d."endpointId" = ${endpointId} AND d."state" = 'waiting' AND d."nextAt" IS NOT NULL
      AND e."enabled" AND e."deletedAt" IS NULL AND e."url" <> ''
      AND NOT EXISTS (
        SELECT 1 FROM "Delivery" before
        WHERE before."endpointId" = ${endpointId} AND before."state" = 'waiting'
          AND before."orderKey" = d."orderKey" AND before."id" < d."id"
      )
    ORDER BY d."nextAt" LIMIT 1`;
  return next?.at ?? null;
}
