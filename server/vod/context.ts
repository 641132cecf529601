import type { Logger } from "pino";
import type { KeyRing } from "../api-keys/key-ring.ts";
import type { Db } from "../db/client.ts";
import type { Env } from "../env.ts";
import type { LiveFeed } from "../events/live.ts";
import type { FileLinks } from "../files/file-links.ts";
import type { UploadFiles } from "../media/upload-files.ts";
import type { Store } from "../storage/store.ts";
import type { ObjectFiles } from "../uploads/object-files.ts";
import type { UploadCredentials } from "../uploads/upload-credentials.ts";

/** What the API's requests are served with; one set per process, another per test. */
export interface VodServices {
  env: Env;
  db: Db;
  store: Store;
  /** Wakes who waits for something to happen. */
  live: LiveFeed;
  links: FileLinks;
  files: UploadFiles;
  objects: ObjectFiles;
  credentials: UploadCredentials;
  keys: KeyRing;
  log: Logger;
  /** Aborted when the process is asked to stop: who holds a request open lets it go. */
  stopping: AbortSignal;
}

/** What one action is carried out with. */
export interface VodContext extends Omit<VodServices, "keys"> {
  /** The application of the key: everything else does not exist. */
  applicationId: number;
  keyId: string;
  requestId: string;
  /** Aborted when the caller has gone, or the process is asked to stop. */
  signal: AbortSignal;
}

/** An address of ours as others need it. */
export function absoluteUrl({ PUBLIC_URL }: Pick<Env, "PUBLIC_URL">, path: string): string {
  return new URL(path, PUBLIC_URL).href;
}
