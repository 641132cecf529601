/**
 * The one way to fetch anything from outside. A name is looked up once, everything it resolves to is checked, and the
 * connection goes to one of exactly these addresses: a name that changes its mind between check and use changes nothing.
 * Redirects are answers like any other (see `followOutbound`), and proxies of the environment are not used: they would look
 * the name up once more.
 */
import { lookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { Readable } from "node:stream";
import { Client, errors } from "undici";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { AllowList } from "./allow-list.ts";
import { checkUrl, hostOf, type Resolve, type ResolvedAddress, resolveHost } from "./check-url.ts";

export interface OutboundTimeouts {
  connectMs: number;
  /** Until the answer's headers are there. */
  headersMs: number;
  /** Between two pieces of the answer. */
  idleMs: number;
  /** From the look-up to the answer's last byte. */
  totalMs: number;
}

const TIMEOUTS: OutboundTimeouts = { connectMs: 10_000, headersMs: 15_000, idleMs: 15_000, totalMs: 30_000 };
const HEADER_BYTES_MAX = 16 * 1024;

export interface OutboundOptions {
  allow: AllowList;
  method?: "GET" | "HEAD" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Of the answer's body; when it is larger, reading it fails. */
  bytesMax: number;
  timeouts?: Partial<OutboundTimeouts>;
  /** Rejects with its reason when aborted; a body being read is destroyed with it. */
  signal?: AbortSignal;
  /** Tests let a name mean what they need. */
  resolve?: Resolve;
}

export interface OutboundAnswer {
  /** Where it came from: the address asked for, normalised. */
  url: string;
  status: number;
  /** By lower-case name; of a header that came several times, the first. */
  headers: Readonly<Record<string, string>>;
  /** To be read to its end or destroyed. Fails with an OutboundError. */
  body: Readable;
}

/** What went wrong while a body was read. */
export class OutboundError extends Error {
  override name = "OutboundError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.code}: ${failure.detail}`);
    this.failure = failure;
  }
}

export async function outboundRequest(
  address: string,
  { allow, method = "GET", headers = {}, body = "", bytesMax, signal, ...options }: OutboundOptions,
): Promise<Result<OutboundAnswer, Failure>> {
  const checked = checkUrl(address, allow);
  if (!checked.ok) return checked;
  const url = checked.value;
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const deadline = AbortSignal.timeout(timeouts.totalMs);
  const ended = AbortSignal.any([deadline, ...(signal === undefined ? [] : [signal])]);
  const failureOf = (error: unknown): Failure => {
    signal?.throwIfAborted();
    return deadline.aborted ? { code: "OUTBOUND_TIMEOUT", detail: "total" } : describe(error);
  };

  let client: Client | null = null;
  try {
    const resolving = resolveHost(hostOf(url), allow, options.resolve ?? resolveBySystem);
    const resolved = await unlessAborted(resolving, ended);
    if (!resolved.ok) return resolved;
    client = connectTo(url, resolved.value, timeouts);
    const answer = await client.request({
      ...{ path: `${url.pathname}${url.search}`, method, signal: ended },
      headers: { "user-agent": "Reelflow", ...headers },
      body: body === "" ? null : body,
    });
    return ok({
      url: url.href,
      status: answer.statusCode,
      headers: firstOf(answer.headers),
      body: bodyOf(answer.body, client, { bytesMax, failureOf }),
    });
  } catch (error) {
    void client?.destroy().catch(() => undefined);
    return fail(failureOf(error));
  }
}

/** The whole of a small body. */
export async function readOutbound(body: Readable): Promise<Result<Buffer, Failure>> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
    return ok(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof OutboundError) return fail(error.failure);
    throw error;
  }
}

function connectTo(url: URL, addresses: readonly ResolvedAddress[], timeouts: OutboundTimeouts): Client {
  // What is connected to; the certificate is still checked against the name in the address.
  const pinned: LookupFunction = (_, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family ?? 0);
  };
  return new Client(url.origin, {
    connect: { lookup: pinned, timeout: timeouts.connectMs },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.idleMs,
    maxHeaderSize: HEADER_BYTES_MAX,
    allowH2: false,
    pipelining: 0,
  });
}

/** As the system does for every program, /etc/hosts included. */
async function resolveBySystem(hostName: string): Promise<readonly ResolvedAddress[]> {
  return lookup(hostName, { all: true });
}

interface BodyLimits {
  bytesMax: number;
  failureOf: (error: unknown) => Failure;
}

/** The connection lives as long as the body. */
function bodyOf(body: Readable, client: Client, { bytesMax, failureOf }: BodyLimits): Readable {
  async function* limited(): AsyncGenerator<Buffer> {
    let bytes = 0;
    try {
      for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > bytesMax) throw new OutboundError({ code: "OUTBOUND_TOO_LARGE", detail: `${bytesMax} bytes` });
        yield chunk;
      }
    } catch (error) {
      throw error instanceof OutboundError ? error : new OutboundError(failureOf(error));
    } finally {
      void client.destroy().catch(() => undefined);
    }
  }
  const stream = Readable.from(limited(), { objectMode: false });
  // One that is destroyed before it was read never enters the generator.
  stream.once("close", () => void client.destroy().catch(() => undefined));
  return stream;
}

function describe(error: unknown): Failure {
  const timeout =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError;
  const detail = reasonOf(error);
  return { code: timeout ? "OUTBOUND_TIMEOUT" : "OUTBOUND_UNREACHABLE", detail };
}

/** ECONNREFUSED and the like. The message may repeat the address with what is secret in it. */
function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "broken";
}

function firstOf(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const one = Object.entries(headers).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name.toLowerCase(), first] as const];
  });
  return Object.fromEntries(one);
}

/** For what cannot be aborted itself. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
