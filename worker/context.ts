import type { Logger } from "pino";
import type { Db } from "#server/db/client.ts";
import type { Store } from "#server/storage/store.ts";
import type { Cancellations } from "./cancellations.ts";
import type { Scratch } from "./run/workspace.ts";

/** What the jobs of one worker process share. */
export interface WorkerContext {
  workerId: string;
  db: Db;
  store: Store;
  /** Seals the keys of encrypted outputs. */
  secretKey: string;
  scratch: Scratch;
  cancellations: Cancellations;
  log: Logger;
  /** Aborted when the worker is asked to stop: what runs is given back. */
  stopping: AbortSignal;
}
