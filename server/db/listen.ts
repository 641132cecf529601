import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

const RETRY_MS = { first: 100, most: 5000 };

interface Hearing {
  onPayload: (payload: string) => void;
  /** The channel is heard from now on, for the first time or again: whatever was sent before was missed. */
  onConnect?: () => void;
  /** Each time the connection is lost or cannot be made. */
  onError?: (error: unknown) => void;
}

/**
 * Hears one channel on a connection of its own, and connects again with growing pauses whenever that breaks.
 * PostgreSQL stores no notification for who is away, hence `onConnect`.
 */
export class Listening {
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #client: pg.Client | null = null;

  constructor(databaseUrl: string, channel: string, hearing: Hearing) {
    this.#done = this.#stayConnected(databaseUrl, channel, hearing);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#client?.end();
    await this.#done;
  }

  async #stayConnected(databaseUrl: string, channel: string, hearing: Hearing): Promise<void> {
    const { signal } = this.#stopping;
    let retryMs = RETRY_MS.first;
    while (!signal.aborted) {
      // keepAlive finds out that the server's machine is gone; nothing else would, as we never send.
      const client = new pg.Client({
        connectionString: databaseUrl,
        application_name: "reelflow-listen",
        keepAlive: true,
      });
      // Why it broke; that it did is "end", which always follows.
      client.on("error", (error) => hearing.onError?.(error));
      client.on("notification", ({ payload }) => hearing.onPayload(payload ?? ""));
      const ended = new Promise<false>((resolve) => client.once("end", () => resolve(false)));
      this.#client = client;
      try {
        // A client that is ended while it connects settles neither way, so "end" is waited for as well.
        const heard = await Promise.race([listenOn(client, channel), ended]);
        if (!heard) throw new Error("The connection ended before it was made");
        hearing.onConnect?.();
        retryMs = RETRY_MS.first;
        await ended;
      } catch (error) {
        await client.end();
        if (signal.aborted) return;
        hearing.onError?.(error);
        await pause(retryMs, undefined, { signal }).catch(() => undefined);
        retryMs = Math.min(retryMs * 2, RETRY_MS.most);
      }
    }
  }
}

async function listenOn(client: pg.Client, channel: string): Promise<true> {
  await client.connect();
  await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  return true;
}
