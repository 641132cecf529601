import type { Db } from "../db/client.ts";

/** A worker beats every 3 s; three beats may be missed. */
const HEARTBEAT_MS_MAX = 10_000;
/** A database that does not answer must not hold up who asks whether it does. */
const ANSWER_MS_MAX = 3_000;

export function isAlive(worker: { heartbeatAt: Date; stoppedAt: Date | null }, now: Date): boolean {
  return worker.stoppedAt === null && now.getTime() - worker.heartbeatAt.getTime() <= HEARTBEAT_MS_MAX;
}

interface Health {
  status: "ok" | "failing";
  database: "ok" | "failing";
  /** Workers that beat within the last 10 s and have not stopped since. */
  workers: number;
}

/** 200 when a task that is created now would be carried out; otherwise 503, saying what is missing. */
export async function answerHealth(db: Db): Promise<Response> {
  const since = new Date(Date.now() - HEARTBEAT_MS_MAX);
  const workers = await within(
    ANSWER_MS_MAX,
    db.worker.count({ where: { heartbeatAt: { gte: since }, stoppedAt: null } }),
  );
  const health: Health = {
    status: workers !== null && workers > 0 ? "ok" : "failing",
    database: workers === null ? "failing" : "ok",
    workers: workers ?? 0,
  };
  return Response.json(health, {
    status: health.status === "ok" ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}

/** Null when the answer does not come in time, or is a failure. */
async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, milliseconds, null);
  try {
    return await Promise.race([answer, late]);
  } catch {
    // Why it fails is in the database's own log; here it only matters that it does.
    return null;
  } finally {
    clearTimeout(timer);
  }
}
