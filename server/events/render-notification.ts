import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { NOTIFICATION_KINDS } from "../domain/notification.ts";
import { contentOf } from "../vod/events/envelope.ts";
import { type Rendering, renderPayload } from "../vod/events/render-payload.ts";
import { notifyLive } from "./live.ts";
import { wakeEndpoints } from "./wake-endpoint.ts";

const kindOf = z.enum(NOTIFICATION_KINDS);

/** Puts together what receivers are told of an event, once, and lets it go its ways. */
export async function renderNotification(rendering: Rendering, eventId: bigint): Promise<void> {
  const { db } = rendering;
  const notification = await db.notification.findUnique({ where: { eventId }, include: { event: true } });
  // Gone, or made by an earlier try.
  if (notification === null || notification.content !== null) return;
  const kind = kindOf.parse(notification.kind);
  const payload = await renderPayload(rendering, kind, notification.event);
  await inTransaction(db, async (tx) => {
    const { count } = await tx.notification.updateMany({
      where: { eventId, content: null },
      data: { content: contentOf(kind, payload) },
    });
    if (count > 0) await release(tx, eventId);
  });
}

async function release(tx: Tx, eventId: bigint): Promise<void> {
  const released = await tx.$queryRaw<Released[]>`
    UPDATE "Delivery" SET "nextAt" = clock_timestamp(), "dueSince" = clock_timestamp()
    WHERE "eventId" = ${eventId} AND "state" = 'waiting' AND "nextAt" IS NULL
    RETURNING "id", "applicationId", "endpointId", "taskId"`;
  await wakeEndpoints(
    tx,
    released.flatMap(({ endpointId }) => endpointId ?? []),
  );
  await tellReleased(tx, released);
}

interface Released {
  id: string;
  applicationId: number;
  endpointId: string | null;
  taskId: string | null;
}

async function tellReleased(tx: Tx, released: readonly Released[]): Promise<void> {
  const [first] = released;
  if (first === undefined) return;
  await notifyLive(tx, {
    type: "delivery",
    applicationId: first.applicationId,
    deliveryIds: released.map(({ id }) => id),
    taskId: first.taskId,
    pulled: released.some(({ endpointId }) => endpointId === null),
  });
}

/** After too many tries: what cannot be said must not hold up what comes after it. */
export async function giveUpRendering(db: Db, eventId: bigint): Promise<void> {
  await inTransaction(db, async (tx) => {
    const given = await tx.$queryRaw<Released[]>`
      UPDATE "Delivery" SET "state" = 'failed', "errorCode" = 'notRendered', "endedAt" = clock_timestamp()
      WHERE "eventId" = ${eventId} AND "state" = 'waiting' AND "nextAt" IS NULL
      RETURNING "id", "applicationId", "endpointId", "taskId"`;
    await wakeEndpoints(
      tx,
      given.flatMap(({ endpointId }) => endpointId ?? []),
    );
    await tellReleased(tx, given);
  });
}
