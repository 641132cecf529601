/** Sends what is due at one endpoint. The queue runs one such job per endpoint at a time, so all of an endpoint's is here. */

import { attemptDelivery } from "#server/events/attempt-delivery.ts";
import {
  type DueDelivery,
  findDue,
  findOpenEndpoint,
  nextDueAt,
  type OpenEndpoint,
} from "#server/events/due-deliveries.ts";
import { recordAttempt } from "#server/events/record-attempt.ts";
import { wakeEndpointAt } from "#server/events/wake-endpoint.ts";
import type { WorkerContext } from "../context.ts";

type Deliverer = Pick<WorkerContext, "db" | "sending" | "stopping">;

/** What one receiver is sent at the same time. */
const AT_ONCE_MAX = 8;
/** Then other endpoints have their turn, should they be waiting for one. */
const TURN_MS = 10_000;

export async function deliver(worker: Deliverer, endpointId: string): Promise<void> {
  const { db, stopping } = worker;
  const until = Date.now() + TURN_MS;
  const onTheirWay = new Map<string, Promise<void>>();
  const failed: unknown[] = [];
  while (!stopping.aborted && failed.length === 0 && Date.now() < until) {
    const endpoint = await findOpenEndpoint(db, endpointId);
    const due =
      endpoint === null
        ? []
        : await findDue(db, endpoint, { onTheirWay: [...onTheirWay.keys()], atOnceMax: AT_ONCE_MAX });
    for (const delivery of due) {
      if (endpoint === null) break;
      const sent = send(worker, endpoint, delivery)
        .catch((error: unknown) => void failed.push(error))
        .finally(() => onTheirWay.delete(delivery.id));
      onTheirWay.set(delivery.id, sent);
    }
    if (onTheirWay.size === 0) break;
    await Promise.race(onTheirWay.values());
  }
  // Also when the worker stops: an attempt is over in a few seconds, and one that is cut off would be made twice.
  await Promise.all(onTheirWay.values());
  if (failed.length > 0) throw failed[0];
  const next = await nextDueAt(db, endpointId);
  if (next !== null) await wakeEndpointAt(db, endpointId, next);
}

async function send({ db, sending }: Deliverer, endpoint: OpenEndpoint, delivery: DueDelivery): Promise<void> {
  await recordAttempt(db, delivery, await attemptDelivery(sending, endpoint, delivery), Math.random());
}
