import { z } from "zod";
import { CHANNELS } from "#domain/live.ts";
import { Listening } from "#server/db/listen.ts";

const payload = z.object({ runId: z.string() });

/**
 * Hears at once which runs a user wants stopped. What is missed while the connection is down comes with the next renewal of
 * the run's lease.
 */
export class Cancellations {
  readonly #listening: Listening;
  readonly #running = new Map<string, () => void>();

  constructor(databaseUrl: string, onError: (error: unknown) => void) {
    this.#listening = new Listening(databaseUrl, CHANNELS.cancel, {
      onPayload: (text) => this.#running.get(payload.parse(JSON.parse(text)).runId)?.(),
      onError,
    });
  }

  /** Calls back when that run is cancelled, until the returned function is called. */
  watch(runId: string, onCancel: () => void): () => void {
    this.#running.set(runId, onCancel);
    return () => this.#running.delete(runId);
  }

  async close(): Promise<void> {
    await this.#listening.stop();
  }
}
