import { ensureApiKey } from "../api-keys/ensure-api-key.ts";
import { sweepUploads } from "../media/sweep-uploads.ts";
import { sweepObjects } from "../uploads/sweep-objects.ts";
import { ensureAdmin } from "../users/setup.ts";
import { restoreLengths } from "./content-length.ts";
import { web } from "./web.ts";

const SWEEP_MS = 3_600_000;

/** What a web process does besides answering: once at its start, and every hour. */
export async function startWeb(): Promise<void> {
  const { services, stopping, log } = web();
  restoreLengths();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    // Next waits for open responses, and a stream of live messages never ends by itself.
    process.once(signal, () => {
      stopping.abort();
      void services.live.close();
    });
  }
  await ensureAdmin(services.db, services.env);
  await ensureApiKey(services.db, services.env);

  const sweep = () =>
    sweepUploads(services.db, services)
      .then(() => sweepObjects(services.db, services.objects))
      .catch((error: unknown) => log.error({ err: error }, "sweeping uploads failed"));
  // Not waited for: a file that has to be copied into the store may take minutes.
  void sweep();
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();
  services.stopping.addEventListener("abort", () => clearInterval(timer), { once: true });
}
