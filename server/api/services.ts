import type { LiveFeed } from "#server/events/live.ts";
import type { Store } from "#server/storage/store.ts";
import type { Db } from "../db/client.ts";
import type { Env } from "../env.ts";
import type { FileLinks } from "../files/file-links.ts";
import type { UploadFiles } from "../media/upload-files.ts";
import type { ObjectFiles } from "../uploads/object-files.ts";
import type { UploadCredentials } from "../uploads/upload-credentials.ts";

/** What requests are served with; one set per process, another per test. */
export interface Services {
  env: Env;
  db: Db;
  store: Store;
  live: LiveFeed;
  links: FileLinks;
  /** Files on their way in. */
  files: UploadFiles;
  /** Those that servers and other people's pages send. */
  objects: ObjectFiles;
  /** What lets them do that. */
  credentials: UploadCredentials;
  /** Aborted when the process is asked to stop: open streams end instead of holding it. */
  stopping: AbortSignal;
}
