/**
 * The pull queue of an application. An event that is handed out is out of sight for half a minute, under a handle that is
 * good for that long; confirmed by it, it is done, and otherwise it is handed out again, under another handle.
 */
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { CONFIRM_SECONDS, EVENTS_PER_PULL, LONG_POLL_MS } from "../domain/notification.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { type LiveFeed, notifyLive } from "./live.ts";

export interface PulledEvent {
  handle: string;
  content: string;
}

interface Pulling {
  db: Db;
  live: LiveFeed;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
  waitMs?: number;
}

/** The oldest that wait; when none does, what comes within a few seconds. Woken, not asking again and again. */
export async function pullEvents(
  { db, live, signal, waitMs = LONG_POLL_MS }: Pulling,
  applicationId: number,
): Promise<PulledEvent[]> {
  const waiting = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
  // Heard from before the first look on, so that nothing comes in between.
  const news = wakeUps(live, applicationId, waiting);
  for (;;) {
    // Taken for nobody, they would be out of sight for nothing.
    if (signal.aborted) return [];
    const events = await takeEvents(db, applicationId);
    if (events.length > 0 || waiting.aborted) return events;
    await news.next(await untilVisible(db, applicationId));
  }
}

/** Callers that come at the same moment get different events. */
async function takeEvents(db: Db, applicationId: number): Promise<PulledEvent[]> {
  return inTransaction(db, async (tx) => {
    const taken = await tx.$queryRaw<{ id: string; handle: string; content: string; taskId: string | null }[]>`
      WITH due AS MATERIALIZED (
        SELECT d."id" FROM "Delivery" d
        WHERE d."applicationId" = ${applicationId} AND d."endpointId" IS NULL AND d."state" = 'waiting'
          AND d."nextAt" <= clock_timestamp()
          -- One of the same task that has no content yet comes first.
          AND NOT EXISTS (
            SELECT 1 FROM "Delivery" before
            WHERE before."applicationId" = ${applicationId} AND before."endpointId" IS NULL AND before."state" = 'waiting'
              AND before."nextAt" IS NULL AND before."orderKey" = d."orderKey" AND before."id" < d."id"
          )
        ORDER BY d."id" LIMIT ${EVENTS_PER_PULL} FOR UPDATE OF d SKIP LOCKED
      ), taken AS (
        UPDATE "Delivery" d SET "handle" = d."id" || '.' || gen_random_uuid(), "attemptCount" = d."attemptCount" + 1,
          "nextAt" = clock_timestamp() + make_interval(secs => ${CONFIRM_SECONDS}::float8)
        FROM due WHERE d."id" = due."id"
        RETURNING d."id", d."eventId", d."handle", d."taskId"
      )
      SELECT t."id", t."handle", t."taskId", n."content" FROM taken t JOIN "Notification" n ON n."eventId" = t."eventId"
      ORDER BY t."id"`;
    if (taken.length > 0) {
      const deliveryIds = taken.map(({ id }) => id);
      await notifyLive(tx, { type: "delivery", applicationId, deliveryIds, taskId: null, pulled: false });
    }
    return taken.map(({ handle, content }) => ({ handle, content }));
  });
}

/** Until the first that was handed out and not confirmed comes back; null when there is none. */
async function untilVisible(db: Db, applicationId: number): Promise<number | null> {
  const [next] = await db.$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min("nextAt") - clock_timestamp()) * 1000)::float8 AS "ms" FROM "Delivery"
    WHERE "applicationId" = ${applicationId} AND "endpointId" IS NULL AND "state" = 'waiting' AND "handle" IS NOT NULL`;
  return next?.ms ?? null;
}

/** One that is back may still have to wait for another of its task. */
const LOOK_MS_MIN = 100;

/** Waits for word of something new in the queue. */
function wakeUps(live: LiveFeed, applicationId: number, ended: AbortSignal) {
  const messages = live.subscribe(applicationId, ended)[Symbol.asyncIterator]();
  let pending: Promise<void> | null = null;
  const untilNews = async () => {
    for (;;) {
      const { done, value } = await messages.next();
      if (done || value.type === "reconnected" || (value.type === "delivery" && value.pulled)) break;
    }
    pending = null;
  };
  return {
    /** Or until `ms` have passed, or it is over. */
    next: async (ms: number | null): Promise<void> => {
      pending ??= untilNews();
      const timer = Promise.withResolvers<void>();
      const timeout = ms === null ? undefined : setTimeout(timer.resolve, Math.max(LOOK_MS_MIN, ms));
      await Promise.race([pending, timer.promise]);
      clearTimeout(timeout);
    },
  };
}

/** All of them, or none where one is unknown or late. Confirmed twice is confirmed: the first answer may have been lost. */
export async function confirmEvents(
  db: Db,
  applicationId: number,
  handles: readonly string[],
): Promise<Result<void, Failure>> {
  const wanted = [...new Set(handles)];
  const ids = wanted.map((handle) => handle.split(".")[0] ?? "");
  return inTransaction(db, async (tx) => {
    const known = await tx.$queryRaw<{ handle: string; good: boolean }[]>`
      SELECT "handle", "state" = 'delivered' OR ("state" = 'waiting' AND "nextAt" > clock_timestamp()) AS "good"
      FROM "Delivery"
      WHERE "id" = ANY (${ids}) AND "applicationId" = ${applicationId} AND "endpointId" IS NULL
      ORDER BY "id" FOR UPDATE`;
    const good = new Set(known.flatMap(({ handle, good }) => (good ? handle : [])));
    const wrong = wanted.find((handle) => !good.has(handle));
    if (wrong !== undefined) return fail({ code: "EVENT_HANDLE_INVALID", detail: wrong.slice(0, 100) });
    const confirmed = await tx.$queryRaw<{ id: string }[]>`
      UPDATE "Delivery" SET "state" = 'delivered', "errorCode" = NULL, "endedAt" = clock_timestamp()
      WHERE "id" = ANY (${ids}) AND "state" = 'waiting' RETURNING "id"`;
    const deliveryIds = confirmed.map(({ id }) => id);
    await notifyLive(tx, { type: "delivery", applicationId, deliveryIds, taskId: null, pulled: false });
    return ok(undefined);
  });
}

export interface PullQueue {
  /** Handed out and not confirmed ones included. */
  count: number;
  oldestAt: Date | null;
}

export async function readPullQueue(db: Db, applicationId: number): Promise<PullQueue> {
  const [queue] = await db.$queryRaw<PullQueue[]>`
    SELECT count(*)::int AS "count", min("createdAt") AS "oldestAt" FROM "Delivery"
    WHERE "applicationId" = ${applicationId} AND "endpointId" IS NULL AND "state" = 'waiting'`;
  return queue ?? { count: 0, oldestAt: null };
}
