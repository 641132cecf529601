/**
 * One file on its way to the server, as a state machine.
 *
 *   staged ──▶ queued ──▶ sending ──▶ sent
 *                ▲  ▲       │ ▲
 *         resume │  └─gone──┤ └─────┐
 *              paused ◀─────┤   reconnecting
 *              failed ◀─────┴──lose─▲
 *
 * `reconnecting` never gives up: a lost connection or a restarting server costs time, not the upload. `failed` is the
 * server saying no. What the server does with a complete file (checking, done, refused) is the server's to know.
 */
import type { Failure } from "#domain/error.ts";
import { beginMeasuring, measure, type Speed } from "./speed.ts";

export type EntryState = "staged" | "queued" | "sending" | "reconnecting" | "paused" | "sent" | "failed";

export interface UploadEntry {
  /** Of this entry in this tab. */
  id: string;
  file: File;
  /** To run when the file is in. Fixed once the server knows the upload. */
  procedureName: string | null;
  state: EntryState;
  sentBytes: number;
  /** null until the current transfer has said where it goes on from. */
  speed: Speed | null;
  /** Where the server keeps it; null until created there. */
  uploadUrl: string | null;
  /** Tries since bytes last moved. */
  attempts: number;
  failure: Failure | null;
}

export type EntryEvent =
  | { type: "start" }
  | { type: "admit" }
  | { type: "create"; uploadUrl: string }
  | { type: "progress"; sentBytes: number; atMs: number }
  | { type: "lose" }
  /** The server does not have it any more: from the first byte again. */
  | { type: "gone" }
  | { type: "finish" }
  | { type: "fail"; failure: Failure }
  | { type: "pause" }
  | { type: "resume" };

const NEXT: Record<EntryState, Partial<Record<EntryEvent["type"], EntryState>>> = {
  staged: { start: "queued", fail: "failed" },
  queued: { admit: "sending", pause: "paused" },
  sending: {
    create: "sending",
    progress: "sending",
    lose: "reconnecting",
    gone: "queued",
    finish: "sent",
    fail: "failed",
    pause: "paused",
  },
  // The answer to a try that was given up may still come: the upload's address is worth knowing.
  reconnecting: { admit: "sending", pause: "paused", create: "reconnecting" },
  paused: { resume: "queued", create: "paused" },
  failed: { resume: "queued" },
  sent: {},
};

export function newEntry(
  id: string,
  file: File,
  procedureName: string | null,
  uploadUrl: string | null = null,
): UploadEntry {
  return {
    id,
    file,
    procedureName,
    state: "staged",
    sentBytes: 0,
    speed: null,
    uploadUrl,
    attempts: 0,
    failure: null,
  };
}

/** An event that does not fit the state comes too late, and changes nothing: the very same entry comes back. */
export function advance(entry: UploadEntry, event: EntryEvent): UploadEntry {
  const state = NEXT[entry.state][event.type];
  if (state === undefined) return entry;
  const moved = { ...entry, state };
  switch (event.type) {
    case "admit":
      return { ...moved, speed: null };
    case "create":
      return { ...moved, uploadUrl: event.uploadUrl };
    case "progress":
      return {
        ...moved,
        sentBytes: event.sentBytes,
        // The first report is where a resumed transfer goes on from, not something just sent.
        attempts: entry.speed !== null && event.sentBytes > entry.speed.bytes ? 0 : entry.attempts,
        speed: measured(entry.speed, event.sentBytes, event.atMs),
      };
    case "lose":
      return { ...moved, attempts: entry.attempts + 1 };
    case "gone":
      return { ...moved, uploadUrl: null, sentBytes: 0 };
    case "finish":
      return { ...moved, sentBytes: entry.file.size };
    case "fail":
      return { ...moved, failure: event.failure };
    case "resume":
      return { ...moved, failure: null, attempts: 0 };
    case "start":
    case "pause":
      return moved;
  }
}

function measured(speed: Speed | null, bytes: number, atMs: number): Speed {
  return speed === null ? beginMeasuring(bytes, atMs) : measure(speed, bytes, atMs);
}

/** Counts against the number of uploads at a time. One that reconnects keeps its place. */
export function isActive(entry: UploadEntry): boolean {
  return entry.state === "sending" || entry.state === "reconnecting";
}

/** Would be interrupted by leaving the page. */
export function isUnfinished(entry: UploadEntry): boolean {
  return isActive(entry) || entry.state === "queued";
}

/** 1, 2, 4, … 30 s: soon after a hiccup, gentle on a server that is down for long. */
export function retryDelayMs(attempts: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.max(0, attempts - 1));
}
