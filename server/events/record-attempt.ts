import type { Db, Tx } from "../db/client.ts";
import { storableText } from "../db/rows.ts";
import { inTransaction } from "../db/transaction.ts";
import { endpointPauseAfter, pauseAfter } from "../domain/notification.ts";
import type { Attempt } from "./attempt-delivery.ts";
import type { DueDelivery } from "./due-deliveries.ts";
import { notifyLive } from "./live.ts";

const DETAIL_CHARACTERS_MAX = 500;

/**
 * What came of an attempt: the delivery has arrived, waits for the next, or is given up; and what it tells of its endpoint.
 * A worker that was given up on meanwhile finds that another has counted the attempt, and leaves it at that.
 */
export async function recordAttempt(db: Db, delivery: DueDelivery, attempt: Attempt, chance: number): Promise<void> {
  const { id, applicationId, attemptCount, taskId, endpointId } = delivery;
  const { error } = attempt;
  const pauseMs = error === null ? null : pauseAfter(attemptCount + 1, attempt.retryAfterMs, chance);
  const state = error === null ? "delivered" : error.code === "gone" || pauseMs === null ? "failed" : "waiting";
  await inTransaction(db, async (tx) => {
    const counted = await tx.$executeRaw`
      UPDATE "Delivery" SET "state" = ${state}::"DeliveryState", "attemptCount" = "attemptCount" + 1,
        "errorCode" = ${error?.code ?? null},
        "nextAt" = clock_timestamp() + make_interval(secs => ${(pauseMs ?? 0) / 1000}::float8),
        "endedAt" = CASE WHEN ${state} <> 'waiting' THEN clock_timestamp() END
      WHERE "id" = ${id} AND "state" = 'waiting' AND "attemptCount" = ${attemptCount}`;
    if (counted === 0) return;
    await addAttempt(tx, id, attempt);
    await recordHealth(tx, endpointId, attempt);
    await notifyLive(
      tx,
      { type: "delivery", applicationId, deliveryIds: [id], taskId, pulled: false },
      { type: "endpoint", applicationId, endpointId },
    );
  });
}

async function addAttempt(tx: Tx, deliveryId: string, attempt: Attempt): Promise<void> {
  const { startedAt, durationMs, status, error, answer, requestHeaders, sign } = attempt;
  const detail = error === null ? null : storableText(error.detail.slice(0, DETAIL_CHARACTERS_MAX));
  await tx.$executeRaw`
    INSERT INTO "DeliveryAttempt" ("deliveryId", "number", "startedAt", "durationMs", "status", "errorCode", "errorDetail",
      "answer", "requestHeaders", "sign")
    SELECT ${deliveryId}, count(*) + 1, ${startedAt}, ${durationMs}::int, ${status}::int, ${error?.code ?? null}, ${detail},
      ${storableText(answer)}, ${JSON.stringify(requestHeaders)}::jsonb, ${sign === null ? null : JSON.stringify(sign)}::jsonb
    FROM "DeliveryAttempt" WHERE "deliveryId" = ${deliveryId}`;
}

async function recordHealth(tx: Tx, id: string, { error, retryAfterMs }: Attempt): Promise<void> {
  if (error === null) {
    await tx.$executeRaw`
      UPDATE "Endpoint" SET "failureCount" = 0, "pausedUntil" = NULL, "lastDeliveredAt" = clock_timestamp() WHERE "id" = ${id}`;
    return;
  }
  const [failed] = await tx.$queryRaw<{ failureCount: number }[]>`
    UPDATE "Endpoint" SET "failureCount" = "failureCount" + 1, "lastFailedAt" = clock_timestamp(), "lastErrorCode" = ${error.code},
      "enabled" = "enabled" AND ${error.code !== "gone"}
    WHERE "id" = ${id} RETURNING "failureCount"`;
  const pauseMs = endpointPauseAfter(failed?.failureCount ?? 0, retryAfterMs);
  if (pauseMs === 0) return;
  await tx.$executeRaw`
    UPDATE "Endpoint" SET "pausedUntil" = clock_timestamp() + make_interval(secs => ${pauseMs / 1000}::float8) WHERE "id" = ${id}`;
}
