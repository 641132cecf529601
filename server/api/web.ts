/** The web process: what its requests are served with, made once, on first use. */
import { setMaxListeners } from "node:events";
import type { Logger } from "pino";
import { KeyRing } from "../api-keys/key-ring.ts";
import { db } from "../db/client.ts";
import { env } from "../env.ts";
import { LiveFeed } from "../events/live.ts";
import { FileLinks } from "../files/file-links.ts";
import { createLogger } from "../log.ts";
import { UploadFiles } from "../media/upload-files.ts";
import { openStore } from "../storage/open-store.ts";
import { ObjectFiles } from "../uploads/object-files.ts";
import { UploadCredentials } from "../uploads/upload-credentials.ts";
import type { VodServices } from "../vod/context.ts";
import { type Auth, createAuth, whoIs } from "./auth.ts";
import type { Me } from "./rows.ts";
import type { Services } from "./services.ts";
import { createSignIn } from "./sign-in.ts";
import { createUploads } from "./uploads.ts";

interface Web {
  services: Services;
  auth: Auth;
  log: Logger;
  stopping: AbortController;
  signIn: ReturnType<typeof createSignIn>;
  uploads: ReturnType<typeof createUploads>;
  vod: VodServices;
}

// Next bundles routes and instrumentation apart and reloads them in development; globalThis is what they share.
const shared = globalThis as { reelflowWeb?: Web };

export function web(): Web {
  shared.reelflowWeb ??= createWeb();
  return shared.reelflowWeb;
}

function createWeb(): Web {
  const settings = env();
  const log = createLogger("web", settings.LOG_LEVEL);
  const stopping = new AbortController();
  // One listener for each open stream and upload.
  setMaxListeners(0, stopping.signal);
  const services: Services = {
    env: settings,
    db: db(),
    store: openStore(settings),
    live: new LiveFeed(settings.DATABASE_URL, (error) => log.warn({ err: error }, "live connection lost")),
    links: new FileLinks(settings.SECRET_KEY),
    files: new UploadFiles(settings),
    objects: new ObjectFiles(settings),
    credentials: new UploadCredentials(settings.SECRET_KEY),
    stopping: stopping.signal,
  };
  const auth = createAuth(services.db, settings);
  const keys = new KeyRing(services.db, settings.SECRET_KEY, (error) => log.warn({ err: error }, "key use not noted"));
  return {
    services,
    auth,
    log,
    stopping,
    signIn: createSignIn(auth, settings),
    uploads: createUploads(services),
    vod: { ...services, log, keys },
  };
}

/** Who sent a request with these headers. */
export function currentMe(headers: Headers): Promise<Me | null> {
  return whoIs(web().auth, web().services.db, headers);
}
