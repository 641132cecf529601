/**
 * A finished film that lies on its server as an HLS playlist: every segment is fetched by us, under the same rules as
 * anything from outside, opened where it is encrypted, and written behind the one before. ffmpeg sees a plain file.
 */
import { createDecipheriv } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { ERRORS, type Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { type HlsSegment, readPlaylist } from "#server/hls/playlist.ts";
import { followOutbound } from "#server/outbound/follow-outbound.ts";
import { readOutbound } from "#server/outbound/outbound-request.ts";
import { type Downloaded, type PullLimits, refuseStatus } from "./download.ts";

export const PLAYLIST_BYTES_MAX = 8 * 1024 ** 2;
/** A day in segments of four seconds. */
const SEGMENTS_MAX = 21_600;
const SEGMENT_BYTES_MAX = 64 * 1024 ** 2;
const KEY_BYTES = 16;
const TRIES_PER_FILE = 3;
const TIMEOUTS = { connectMs: 10_000, headersMs: 30_000, idleMs: 30_000, totalMs: 300_000 };

/** `playlist`: its text and where it came from. */
export async function downloadHls(
  playlist: { text: string; url: string },
  path: string,
  limits: PullLimits,
  onBytes: (received: number) => void,
): Promise<Result<Downloaded, Failure>> {
  const segments = await segmentsOf(playlist, limits);
  if (!segments.ok) return segments;
  const file = await open(path, "w");
  try {
    const written = await writeAll(segments.value, file, limits, onBytes);
    return written.ok ? ok({ url: playlist.url, sizeBytes: written.value }) : written;
  } finally {
    await file.close();
  }
}

async function segmentsOf(
  { text, url }: { text: string; url: string },
  limits: PullLimits,
): Promise<Result<HlsSegment[], Failure>> {
  let playlist = readPlaylist(text, url);
  if (playlist.kind === "master") {
    const [best] = playlist.variants.toSorted((a, b) => b.bandwidth - a.bandwidth);
    if (best === undefined) return unsupported("no variants");
    if (best.separateAudio) return unsupported("sound in a playlist of its own");
    const variant = await fetchWhole(best.url, null, PLAYLIST_BYTES_MAX, limits);
    if (!variant.ok) return variant;
    playlist = readPlaylist(variant.value.bytes.toString("utf8"), variant.value.url);
  }
  if (playlist.kind === "unsupported") return unsupported(playlist.why);
  if (playlist.kind === "master") return unsupported("variants of variants");
  if (!playlist.ended) return unsupported("live");
  if (playlist.segments.length === 0) return unsupported("no segments");
  if (playlist.segments.length > SEGMENTS_MAX) return unsupported(`more than ${SEGMENTS_MAX} segments`);
  return ok(playlist.segments);
}

async function writeAll(
  segments: readonly HlsSegment[],
  file: FileHandle,
  limits: PullLimits,
  onBytes: (received: number) => void,
): Promise<Result<number, Failure>> {
  const keys = new Map<string, Buffer>();
  let received = 0;
  let map: HlsSegment["map"] = null;
  const write = async (bytes: Buffer): Promise<Result<void, Failure>> => {
    received += bytes.length;
    if (received > limits.bytesMax) return fail({ code: "OUTBOUND_TOO_LARGE", detail: `${limits.bytesMax} bytes` });
    await file.write(bytes);
    onBytes(received);
    return ok(undefined);
  };
  for (const segment of segments) {
    if (segment.map !== null && (segment.map.url !== map?.url || segment.map.range?.start !== map.range?.start)) {
      map = segment.map;
      const header = await fetchWhole(map.url, map.range, SEGMENT_BYTES_MAX, limits);
      if (!header.ok) return header;
      const written = await write(header.value.bytes);
      if (!written.ok) return written;
    }
    const fetched = await fetchWhole(segment.url, segment.range, SEGMENT_BYTES_MAX, limits);
    if (!fetched.ok) return fetched;
    const opened = await openSegment(segment, fetched.value.bytes, keys, limits);
    if (!opened.ok) return opened;
    const written = await write(opened.value);
    if (!written.ok) return written;
  }
  return ok(received);
}

async function openSegment(
  { key, number }: HlsSegment,
  bytes: Buffer,
  keys: Map<string, Buffer>,
  limits: PullLimits,
): Promise<Result<Buffer, Failure>> {
  if (key === null) return ok(bytes);
  if (!keys.has(key.url)) {
    const fetched = await fetchWhole(key.url, null, KEY_BYTES, limits);
    if (!fetched.ok) return fetched;
    if (fetched.value.bytes.length !== KEY_BYTES) return unsupported("a key of another length");
    keys.set(key.url, fetched.value.bytes);
  }
  const iv = key.iv ?? Buffer.from(number.toString(16).padStart(32, "0"), "hex");
  try {
    const decipher = createDecipheriv("aes-128-cbc", keys.get(key.url) ?? Buffer.alloc(KEY_BYTES), iv);
    return ok(Buffer.concat([decipher.update(bytes), decipher.final()]));
  } catch {
    return unsupported("the key does not open a segment");
  }
}

/** Small enough to be held; tried some times, as one of thousands fails easily. */
async function fetchWhole(
  url: string,
  range: HlsSegment["range"],
  bytesMax: number,
  limits: PullLimits,
): Promise<Result<{ bytes: Buffer; url: string }, Failure>> {
  for (let attempt = 1; ; attempt++) {
    const fetched = await fetchOnce(url, range, bytesMax, limits);
    if (fetched.ok || attempt === TRIES_PER_FILE || !ERRORS[fetched.failure.code].retry) return fetched;
  }
}

async function fetchOnce(
  url: string,
  range: HlsSegment["range"],
  bytesMax: number,
  { allow, signal, resolve, timeouts }: PullLimits,
): Promise<Result<{ bytes: Buffer; url: string }, Failure>> {
  const answered = await followOutbound(url, {
    ...{ allow, signal, bytesMax, timeouts: { ...TIMEOUTS, ...timeouts } },
    ...(resolve === undefined ? {} : { resolve }),
    headers: {
      "accept-encoding": "identity",
      ...(range === null ? {} : { range: `bytes=${range.start}-${range.start + range.length - 1}` }),
    },
  });
  if (!answered.ok) return answered;
  const { status, body, url: from } = answered.value;
  if (status !== 200 && status !== 206) {
    body.destroy();
    return refuseStatus(status);
  }
  const read = await readOutbound(body);
  if (!read.ok) return read;
  // A server without ranges sends everything.
  const whole = range !== null && status === 200;
  return ok({ bytes: whole ? read.value.subarray(range.start, range.start + range.length) : read.value, url: from });
}

function unsupported(detail: string): Result<never, Failure> {
  return fail({ code: "PLAYLIST_UNSUPPORTED", detail });
}
