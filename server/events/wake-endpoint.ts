import type { Tx } from "../db/client.ts";
import { enqueueAll } from "../jobs/enqueue.ts";

/** Has what is due at these endpoints sent. One queue for each: a slow receiver holds up nobody else. */
export async function wakeEndpoints(tx: Tx, endpointIds: readonly string[]): Promise<void> {
  // In one order, so that two who wake the same ones do not wait for each other.
  const ids = [...new Set(endpointIds)].sort();
  await enqueueAll(
    tx,
    "deliver",
    ids.map((endpointId) => ({
      payload: { endpointId },
      jobKey: `deliver ${endpointId}`,
      queue: `deliver ${endpointId}`,
    })),
  );
}

/** The same, later: a wish of its own, so that it never puts off one for now. */
export async function wakeEndpointAt(tx: Tx, endpointId: string, runAt: Date): Promise<void> {
  const key = `deliver ${endpointId}`;
  await enqueueAll(tx, "deliver", [{ payload: { endpointId }, jobKey: `${key} later`, queue: key, runAt }]);
}
