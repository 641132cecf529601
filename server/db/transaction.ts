import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { Prisma } from "../../prisma/generated/client.ts";
import type { Db, Tx } from "./client.ts";

const ATTEMPTS_MAX = 5;
const PAUSE_MS_MAX = 50;

/** A deadlock, and a row another transaction changed first: PostgreSQL has undone everything, and doing it again is right. */
const conflict = z.object({
  driverAdapterError: z.object({ cause: z.object({ originalCode: z.enum(["40P01", "40001"]) }) }),
});

/**
 * Runs `work` in a transaction, from its beginning again when PostgreSQL had to break a conflict.
 * So `work` does nothing outside `tx` that may not happen twice.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  // Prisma's defaults (2 s to get a connection, 5 s in all) give up under load that only asks for patience.
  return inSpiteOfConflicts(() => db.$transaction(work, { maxWait: 20_000, timeout: 30_000 }));
}

/** The same for one statement, which is a transaction of its own. */
export async function inSpiteOfConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !isConflict(error)) throw error;
      // By chance, so that two who met do not meet again.
      await pause(Math.random() * PAUSE_MS_MAX);
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && conflict.safeParse(error.meta).success;
}
