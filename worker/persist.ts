import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "#server/db/client.ts";

const PAUSE_MS = { first: 100, most: 3_000 };
const REFUSALS_MAX = 3;

interface Patience {
  /** Ends the waiting: the write is given up with the error it met last. */
  signal?: AbortSignal;
  onError?: (error: unknown) => void;
}

/**
 * Makes a write that must not be lost, however long the database is away. A database that is there and refuses the write
 * again and again has found a bug of ours, which waiting does not mend: that error is thrown.
 */
export async function persist<T>(db: Db, write: () => Promise<T>, { signal, onError }: Patience = {}): Promise<T> {
  let pauseMs = PAUSE_MS.first;
  let refusals = 0;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      onError?.(error);
      if (await answers(db)) refusals += 1;
      if (refusals === REFUSALS_MAX || signal?.aborted) throw error;
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, PAUSE_MS.most);
    }
  }
}

/** Waits until the database answers again, or until `signal` aborts. */
export async function untilAnswering(db: Db, signal: AbortSignal): Promise<void> {
  for (
    let pauseMs = PAUSE_MS.first;
    !signal.aborted && !(await answers(db));
    pauseMs = Math.min(2 * pauseMs, PAUSE_MS.most)
  ) {
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

async function answers(db: Db): Promise<boolean> {
  try {
    await db.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
