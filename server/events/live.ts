import { Prisma } from "../../prisma/generated/client.ts";
import type { Tx } from "../db/client.ts";
import { Listening } from "../db/listen.ts";
import { CHANNELS, type LiveMessage } from "../domain/live.ts";

/** PostgreSQL refuses 8000 bytes and more. One subtask's progress takes some 45 bytes; the rest is ids. */
const SUBTASKS_PER_MESSAGE = 100;

/** Tells every console what happened, when `tx` commits; without a transaction, at once. */
export async function notifyLive(tx: Tx, ...messages: LiveMessage[]): Promise<void> {
  const payloads = messages.flatMap(split).map((message) => JSON.stringify(message));
  if (payloads.length === 0) return;
  await tx.$executeRaw`SELECT pg_notify(${CHANNELS.live}, payload) FROM unnest(${payloads}::text[]) AS payload`;
}

/** The same for one small message, as an expression of a statement that has other work to do. */
export function notification(message: Exclude<LiveMessage, { type: "progress" }>): Prisma.Sql {
  return Prisma.sql`pg_notify(${CHANNELS.live}, ${JSON.stringify(message)})`;
}

function split(message: LiveMessage): LiveMessage[] {
  if (message.type !== "progress") return [message];
  const parts = Math.max(1, Math.ceil(message.subtasks.length / SUBTASKS_PER_MESSAGE));
  return Array.from({ length: parts }, (_, part) => ({
    ...message,
    subtasks: message.subtasks.slice(part * SUBTASKS_PER_MESSAGE, (part + 1) * SUBTASKS_PER_MESSAGE),
  }));
}

/** Whoever gets this may have missed messages and should read the current state again. */
export interface Reconnected {
  type: "reconnected";
}

/** A subscriber that reads this much slower than messages come is better off reading the state again. */
const BACKLOG_MAX = 1000;

interface Subscriber {
  applicationId: number;
  backlog: (LiveMessage | Reconnected)[];
  wake: () => void;
}

/**
 * Hands what is notified to the subscribers of this process, over one connection, opened for the first of them.
 * Messages come from our own database, written by `notifyLive`, so they are parsed but not checked.
 */
export class LiveFeed {
  readonly #databaseUrl: string;
  readonly #onError: ((error: unknown) => void) | undefined;
  readonly #subscribers = new Set<Subscriber>();
  readonly #closing = new AbortController();
  #listening: Listening | null = null;

  constructor(databaseUrl: string, onError?: (error: unknown) => void) {
    this.#databaseUrl = databaseUrl;
    this.#onError = onError;
  }

  /**
   * Everything told of one application from this call on, until `signal` aborts or the feed closes. Yields "reconnected"
   * whenever the channel is heard anew: messages may have been lost before.
   */
  subscribe(applicationId: number, signal: AbortSignal): AsyncIterable<LiveMessage | Reconnected> {
    const subscriber: Subscriber = { applicationId, backlog: [], wake: () => undefined };
    const ended = AbortSignal.any([signal, this.#closing.signal]);
    if (!ended.aborted) {
      this.#subscribers.add(subscriber);
      ended.addEventListener("abort", () => this.#drop(subscriber), { once: true });
      this.#listening ??= new Listening(this.#databaseUrl, CHANNELS.live, {
        onPayload: (payload) => this.#receive(JSON.parse(payload)),
        onConnect: () => this.#reconnected(),
        onError: this.#onError,
      });
    }
    return this.#read(subscriber, ended);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#listening?.stop();
  }

  async *#read(subscriber: Subscriber, ended: AbortSignal): AsyncGenerator<LiveMessage | Reconnected> {
    try {
      while (!ended.aborted) {
        const message = subscriber.backlog.shift();
        if (message !== undefined) {
          yield message;
          continue;
        }
        const { promise, resolve } = Promise.withResolvers<void>();
        subscriber.wake = resolve;
        await promise;
      }
    } finally {
      this.#drop(subscriber);
    }
  }

  #drop(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    subscriber.wake();
  }

  #receive(message: LiveMessage): void {
    for (const subscriber of this.#subscribers) {
      if (subscriber.applicationId === message.applicationId) offer(subscriber, message);
    }
  }

  #reconnected(): void {
    for (const subscriber of this.#subscribers) offer(subscriber, { type: "reconnected" });
  }
}

function offer(subscriber: Subscriber, message: LiveMessage | Reconnected): void {
  if (subscriber.backlog.length >= BACKLOG_MAX) subscriber.backlog = [{ type: "reconnected" }];
  else subscriber.backlog.push(message);
  subscriber.wake();
}
