import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { Db } from "#server/db/client.ts";
import type { RunHold } from "#server/tasks/lease.ts";
import { renewLease } from "#server/tasks/renew-lease.ts";
import { reasonOf } from "../log.ts";

/** A lease lasts ten seconds, so two renewals may go wrong. */
const INTERVAL_MS = 3_000;

/**
 * Renews the lease of a run until `signal` aborts, and tells when the run is to end. While the database is away nobody can
 * take the run from us either, so that is no reason to stop.
 */
export async function keepLease(
  db: Db,
  hold: RunHold,
  { signal, onEnd, log }: { signal: AbortSignal; onEnd: (why: "cancel" | "lost") => void; log: Logger },
): Promise<void> {
  while (!signal.aborted) {
    await pause(INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const state = await renewLease(db, hold);
      if (state !== "held") onEnd(state);
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, "Could not renew a lease");
    }
  }
}
