/** Fetches one file into one path, and goes on where an earlier try broke off if the file is still the same. */
import { open, rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { AllowList } from "#server/outbound/allow-list.ts";
import type { Resolve } from "#server/outbound/check-url.ts";
import { followOutbound } from "#server/outbound/follow-outbound.ts";
import { type OutboundAnswer, OutboundError } from "#server/outbound/outbound-request.ts";

const HOUR_MS = 3_600_000;
export const PULL_TIMEOUTS = { connectMs: 10_000, headersMs: 30_000, idleMs: 30_000, totalMs: 24 * HOUR_MS };
/** The disk is everybody's. */
const FREE_BYTES_MIN = 256 * 1024 ** 2;

export interface PullLimits {
  allow: AllowList;
  bytesMax: number;
  signal: AbortSignal;
  resolve?: Resolve;
  timeouts?: Partial<typeof PULL_TIMEOUTS>;
}

export interface DownloadHooks {
  /** Of what the earlier try has left at the path; null for nothing. */
  validator: string | null;
  /** Before the first byte is written: what it is a part of. */
  onBegin: (about: { validator: string | null; totalBytes: number | null }) => Promise<void>;
  onBytes: (received: number) => void;
}

export interface Downloaded {
  /** After all redirects. */
  url: string;
  sizeBytes: number;
}

export async function download(
  url: string,
  path: string,
  { allow, bytesMax, signal, resolve, timeouts }: PullLimits,
  hooks: DownloadHooks,
): Promise<Result<Downloaded, Failure>> {
  const have = hooks.validator === null ? 0 : await sizeOf(path);
  const answered = await followOutbound(url, {
    ...{ allow, bytesMax, signal, timeouts: { ...PULL_TIMEOUTS, ...timeouts } },
    ...(resolve === undefined ? {} : { resolve }),
    headers: {
      // A length that is told shall be the file's.
      "accept-encoding": "identity",
      ...(have > 0 && hooks.validator !== null ? { range: `bytes=${have}-`, "if-range": hooks.validator } : {}),
    },
  });
  if (!answered.ok) return answered;
  const { status, body } = answered.value;
  const from = status === 206 && rangeStartOf(answered.value) === have ? have : 0;
  if (status !== 200 && !(status === 206 && from > 0)) {
    body.destroy();
    // Nothing is left to ask for, or not of this file: another try begins anew.
    if (status === 416 || status === 206) await rm(path, { force: true });
    return refuseStatus(status);
  }
  const begun = await begin(answered.value, path, { from, bytesMax, hooks });
  if (!begun.ok) {
    body.destroy();
    return begun;
  }
  return receive(answered.value, path, { from, bytesMax, totalBytes: begun.value, onBytes: hooks.onBytes });
}

async function begin(
  answer: OutboundAnswer,
  path: string,
  { from, bytesMax, hooks }: { from: number; bytesMax: number; hooks: DownloadHooks },
): Promise<Result<number | null, Failure>> {
  const length = /^\d{1,15}$/.test(answer.headers["content-length"] ?? "")
    ? Number(answer.headers["content-length"])
    : null;
  const totalBytes = length === null ? null : from + length;
  if (totalBytes !== null && totalBytes > bytesMax)
    return fail({ code: "OUTBOUND_TOO_LARGE", detail: `${totalBytes} bytes` });
  const free = await freeBytesAt(path);
  if ((length ?? 0) > free) return fail({ code: "STORAGE_FULL", detail: `${free} bytes free` });
  // What is there and what it is said to be have to agree after a crash, too.
  if (from === 0) await rm(path, { force: true });
  await hooks.onBegin({ validator: validatorOf(answer), totalBytes });
  return ok(totalBytes);
}

interface Receiving {
  from: number;
  bytesMax: number;
  totalBytes: number | null;
  onBytes: (received: number) => void;
}

async function receive(
  { body, url }: OutboundAnswer,
  path: string,
  { from, bytesMax, totalBytes, onBytes }: Receiving,
): Promise<Result<Downloaded, Failure>> {
  let received = from;
  let checkedAt = from;
  const file = await open(path, from > 0 ? "a" : "w");
  try {
    // Chunk by chunk, so that all that came before the connection broke is there for the next try.
    for await (const chunk of body) {
      await file.write(chunk);
      received += chunk.length;
      onBytes(received);
      if (received > bytesMax) return fail({ code: "OUTBOUND_TOO_LARGE", detail: `${bytesMax} bytes` });
      if (received - checkedAt < FREE_BYTES_MIN / 4) continue;
      checkedAt = received;
      if ((await freeBytesAt(path)) <= 0) return fail({ code: "STORAGE_FULL", detail: "while receiving" });
    }
  } catch (error) {
    if (error instanceof OutboundError) return fail(error.failure);
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") {
      return fail({ code: "STORAGE_FULL", detail: "while receiving" });
    }
    throw error;
  } finally {
    await file.close();
  }
  if (totalBytes !== null && received !== totalBytes)
    return fail({ code: "OUTBOUND_UNREACHABLE", detail: "ended early" });
  return ok({ url, sizeBytes: received });
}

/** Something that changes when the file does. Weak ones do not promise that for single bytes. */
function validatorOf({ headers }: OutboundAnswer): string | null {
  const { etag } = headers;
  if (etag?.startsWith('"')) return etag;
  return headers["accept-ranges"] === "none" ? null : (headers["last-modified"] ?? null);
}

function rangeStartOf({ headers }: OutboundAnswer): number {
  return Number(/^bytes (\d+)-/.exec(headers["content-range"] ?? "")?.[1] ?? Number.NaN);
}

/** 4xx but for "later" and "slower" will be the same next time. */
export function refuseStatus(status: number): Result<never, Failure> {
  const mayPass = status >= 500 || [206, 408, 416, 425, 429].includes(status);
  return fail({ code: mayPass ? "OUTBOUND_FAILED" : "OUTBOUND_NOT_FOUND", detail: `status ${status}` });
}

async function freeBytesAt(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(dirname(path));
  return bavail * bsize - FREE_BYTES_MIN;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
