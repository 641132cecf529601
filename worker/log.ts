import { Logger as QueueLogger } from "graphile-worker";
import type { Logger } from "pino";
import type { Env } from "#server/env.ts";
import { createLogger } from "#server/log.ts";

export function openLog({ LOG_LEVEL }: Pick<Env, "LOG_LEVEL">): Logger {
  return createLogger("worker", LOG_LEVEL);
}

/** What the queue says of its daily work would drown what we say; its warnings and errors count like ours. */
export function queueLogger(log: Logger): QueueLogger {
  const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;
  return new QueueLogger((scope) => (level, message) => log[LEVELS[level]]({ queue: scope.label }, message));
}

/** An error that is expected now and then, as when the database restarts: its last line says it, its stack helps nobody. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split("\n").at(-1) ?? "";
}
