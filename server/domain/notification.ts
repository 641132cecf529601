/** Which events receivers are told, as what, and how long we try. */
import type { EventType } from "./event.ts";
import type { NotifyMode } from "./task.ts";

export const NOTIFICATION_KINDS = [
  "task.changed",
  "edit.completed",
  "split.completed",
  "compose.completed",
  "media.uploaded",
  "media.deleted",
  "pull.completed",
  "endpoint.tested",
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const EVENT_MODES = ["push", "pull"] as const;
export type EventMode = (typeof EVENT_MODES)[number];

/** Of a notification on its way to one receiver. */
export const DELIVERY_STATES = ["waiting", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why an attempt or a delivery did not succeed. */
export const DELIVERY_ERRORS = [
  /** An answer that is neither 2xx nor one of the two below. */
  "status",
  /** 3xx. Where it leads nobody has looked at, so it is not followed. */
  "redirect",
  /** 410: the receiver wants nothing more, and its endpoint is switched off. */
  "gone",
  "timeout",
  "connection",
  /** More headers than anybody needs, or what is no HTTP. */
  "badAnswer",
  /** The address leads into private space, which has not been opened. */
  "addressRefused",
  /** Its content could not be made; a bug of ours. */
  "notRendered",
  /** Nobody took it in time. */
  "expired",
  "endpointDeleted",
] as const;
export type DeliveryError = (typeof DELIVERY_ERRORS)[number];

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** The pauses after the first, second, … failed attempt: three days in all, then the delivery is given up. */
export const RETRY_PAUSES_MS: readonly number[] = [
  SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  16 * HOUR,
  16 * HOUR,
  24 * HOUR,
];

/** So much of a pause, either way, is up to chance: receivers that come back are not hit by everything at once. */
const JITTER = 0.1;

/** How long an endpoint that failed this often in a row is left alone; then one delivery tries it for all. */
const UNREACHABLE_AFTER = 8;
const PROBE_PAUSES_MS: readonly number[] = [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];

/** A receiver that asks for more patience gets this much. */
const RETRY_AFTER_MS_MAX = 24 * HOUR;

/** Undelivered after this long is given up, however few attempts a silent endpoint has left room for. */
export const PUSH_DAYS_MAX = 3;
/** What nobody pulls is given up after this long. */
export const PULL_DAYS_MAX = 4;

export const EVENTS_PER_PULL = 16;
export const LONG_POLL_MS = 5_000;
export const CONFIRM_SECONDS = 30;

/** Pause before the next attempt; null when `attemptCount` attempts were enough. `chance` is from 0 up to 1. */
export function pauseAfter(attemptCount: number, retryAfterMs: number | null, chance: number): number | null {
  const pause = RETRY_PAUSES_MS[attemptCount - 1];
  if (pause === undefined) return null;
  const spread = pause * (1 + JITTER * (2 * chance - 1));
  return Math.round(Math.max(spread, patienceOf(retryAfterMs)));
}

/** How long the whole endpoint is left alone after `failureCount` failures in a row. */
export function endpointPauseAfter(failureCount: number, retryAfterMs: number | null): number {
  const beyond = failureCount - UNREACHABLE_AFTER;
  const probe = beyond < 0 ? 0 : (PROBE_PAUSES_MS[beyond] ?? PROBE_PAUSES_MS.at(-1) ?? 0);
  return Math.max(probe, patienceOf(retryAfterMs));
}

export function isUnreachable(failureCount: number): boolean {
  return failureCount >= UNREACHABLE_AFTER;
}

function patienceOf(retryAfterMs: number | null): number {
  return Math.min(retryAfterMs ?? 0, RETRY_AFTER_MS_MAX);
}

/** What an event is told as, if it is told at all, apart from who wants to hear it. */
export interface TellableEvent {
  type: EventType;
  /** Of a media that came to be. */
  source?: string;
  /** Of a finished task. */
  state?: string;
}

/** Of the task an event is about. */
export interface ToldTask {
  notifyMode: NotifyMode;
  kinds: readonly string[];
}

/**
 * A queued child already says PROCESSING to receivers, so of a subtask only its end is a change. Whoever cancels knows, and
 * is told nothing. What an edit or a join makes is told by the end of its task, what a pull makes by the end of the pull.
 */
export function notificationKindOf(event: TellableEvent, task: ToldTask | null): NotificationKind | null {
  switch (event.type) {
    case "media.created":
      return event.source === "upload" || event.source === "sample" || event.source === "record"
        ? "media.uploaded"
        : null;
    case "media.deleted":
      return "media.deleted";
    case "subtask.succeeded":
    case "subtask.failed":
      return task?.notifyMode === "change" && endKindOf(task) === "task.changed" ? "task.changed" : null;
    case "task.finished":
      return task === null || task.notifyMode === "none" || event.state === "cancelled" ? null : endKindOf(task);
    case "pull.completed":
      return "pull.completed";
    case "endpoint.tested":
      return "endpoint.tested";
    case "subtask.processing":
    case "subtask.waiting":
    case "subtask.cancelled":
      return null;
  }
}

function endKindOf({ kinds }: ToldTask): NotificationKind {
  const [kind, another] = kinds;
  if (another !== undefined) return "task.changed";
  return kind === "edit" || kind === "split" || kind === "compose" ? `${kind}.completed` : "task.changed";
}
