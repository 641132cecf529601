import type { Logger } from "pino";
import type { Db } from "#server/db/client.ts";
import type { Sending } from "#server/events/attempt-delivery.ts";
import type { UploadFiles } from "#server/media/upload-files.ts";
import type { AllowList } from "#server/outbound/allow-list.ts";
import type { Store } from "#server/storage/store.ts";
import type { Rendering } from "#server/vod/events/render-payload.ts";
import type { Cancellations } from "./cancellations.ts";
import type { Scratch } from "./run/workspace.ts";

/** What the jobs of one worker process share. */
export interface WorkerContext {
  workerId: string;
  db: Db;
  store: Store;
  /** Seals the keys of encrypted outputs. */
  secretKey: string;
  /** What notifications are put together with, and sent with. */
  rendering: Rendering;
  sending: Sending;
  /** What files are fetched with from outside. */
  pulling: { files: UploadFiles; allow: AllowList; bytesMax: number };
  scratch: Scratch;
  cancellations: Cancellations;
  log: Logger;
  /** Aborted when the worker is asked to stop: what runs is given back. */
  stopping: AbortSignal;
}
