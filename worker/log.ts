import { Logger as QueueLogger } from "graphile-worker";
import { type Logger, pino } from "pino";
import type { Env } from "#server/env.ts";

export function openLog({ LOG_LEVEL }: Pick<Env, "LOG_LEVEL">): Logger {
  return pino({ level: LOG_LEVEL });
}

/** What the queue says of its daily work would drown what we say; its warnings and errors count like ours. */
export function queueLogger(log: Logger): QueueLogger {
  const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;
  return new QueueLogger((scope) => (level, message) => log[LEVELS[level]]({ queue: scope.label }, message));
}
