/** What requests of a test are served with. Never imported by the product. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TestDatabase } from "../db/test-database.ts";
import { parseEnv } from "../env.ts";
import { LiveFeed } from "../events/live.ts";
import { FileLinks } from "../files/file-links.ts";
import { UploadFiles } from "../media/upload-files.ts";
import { openStore } from "../storage/open-store.ts";
import { ObjectFiles } from "../uploads/object-files.ts";
import { UploadCredentials } from "../uploads/upload-credentials.ts";
import type { Services } from "./services.ts";
import { SECRET_KEY } from "./test-rows.ts";

export function testServices({ db, url }: TestDatabase, folder: string, given: Partial<Services> = {}): Services {
  const env = parseEnv({
    SECRET_KEY,
    DATABASE_URL: url,
    DATA_DIR: folder,
    STORAGE_URL: pathToFileURL(join(folder, "store")).href,
  });
  return {
    env,
    db,
    store: openStore(env),
    live: new LiveFeed(url),
    links: new FileLinks(SECRET_KEY),
    files: new UploadFiles(env),
    objects: new ObjectFiles(env),
    credentials: new UploadCredentials(SECRET_KEY),
    stopping: new AbortController().signal,
    ...given,
  };
}
