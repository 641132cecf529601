/** One POST of a notification to an endpoint. */
import { Webhook } from "standardwebhooks";
import type { Failure } from "../domain/error.ts";
import type { DeliveryError } from "../domain/notification.ts";
import type { AllowList } from "../outbound/allow-list.ts";
import { OutboundError, outboundRequest } from "../outbound/outbound-request.ts";
import { type BodySign, pushBody, signExpiry, signWith } from "../vod/events/envelope.ts";
import type { DueDelivery, OpenEndpoint } from "./due-deliveries.ts";
import type { EndpointSecrets } from "./endpoint-secrets.ts";

/** To connect, and to answer. */
const ANSWER_MS = 5_000;
const ANSWER_BYTES_KEPT = 2_048;
/** Enough to be kept and more than is read. */
const ANSWER_BYTES_MAX = 1_000_000;

export interface Attempt {
  startedAt: Date;
  durationMs: number;
  requestHeaders: Record<string, string>;
  sign: BodySign | null;
  /** Null without an answer. */
  status: number | null;
  answer: string;
  error: { code: DeliveryError; detail: string } | null;
  retryAfterMs: number | null;
}

export interface Sending {
  secrets: EndpointSecrets;
  allow: AllowList;
}

export async function attemptDelivery(
  { secrets, allow }: Sending,
  endpoint: OpenEndpoint,
  delivery: DueDelivery,
): Promise<Attempt> {
  const startedAt = new Date();
  const { signKey } = endpoint;
  const T = signExpiry(startedAt);
  const sign = signKey === null ? null : signWith(secrets.open(endpoint.id, "sign key", signKey), { T });
  const body = pushBody(delivery.content, sign);
  const requestHeaders = {
    "content-type": "application/json",
    "user-agent": "Reelflow",
    ...signatureHeaders(secretsOf(secrets, endpoint), { id: delivery.id, at: startedAt, body }),
  };
  const answered = await outboundRequest(endpoint.url, {
    ...{ allow, method: "POST", headers: requestHeaders, body, bytesMax: ANSWER_BYTES_MAX },
    timeouts: { connectMs: ANSWER_MS, headersMs: ANSWER_MS, idleMs: ANSWER_MS, totalMs: ANSWER_MS },
  });
  const sent = { startedAt, requestHeaders, sign };
  if (!answered.ok) {
    const error = { code: errorOf(answered.failure), detail: answered.failure.detail };
    return { ...sent, durationMs: since(startedAt), status: null, answer: "", error, retryAfterMs: null };
  }
  const { status, headers, body: stream } = answered.value;
  const answer = await readBeginning(stream);
  const code = errorOfStatus(status);
  return {
    ...{ ...sent, durationMs: since(startedAt), status, answer },
    error: code === null ? null : { code, detail: "" },
    retryAfterMs: code === null ? null : retryAfterOf(headers["retry-after"], new Date()),
  };
}

/** One signature for each secret that is valid now, as a receiver may know either. */
export function signatureHeaders(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}

export function secretsOf(
  secrets: EndpointSecrets,
  { id, secret, previousSecret }: Pick<OpenEndpoint, "id" | "secret" | "previousSecret">,
): string[] {
  return [secret, previousSecret].flatMap((sealed) => (sealed === null ? [] : secrets.open(id, "secret", sealed)));
}

function since(startedAt: Date): number {
  return Math.max(0, Date.now() - startedAt.getTime());
}

function errorOfStatus(status: number): DeliveryError | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return "gone";
  return status >= 300 && status < 400 ? "redirect" : "status";
}

/** What the HTTP client says of headers without end, and of what is no HTTP, for which it has no code. */
const BAD_ANSWERS = ["UND_ERR_HEADERS_OVERFLOW", "HPE_", "broken"];

function errorOf({ code, detail }: Failure): DeliveryError {
  switch (code) {
    case "OUTBOUND_REFUSED":
    case "OUTBOUND_URL_INVALID":
      return "addressRefused";
    case "OUTBOUND_TIMEOUT":
      return "timeout";
    default:
      return BAD_ANSWERS.some((reason) => detail.startsWith(reason)) ? "badAnswer" : "connection";
  }
}

/** What the receiver has said is settled by its status: a body that does not end, or breaks off, changes nothing. */
async function readBeginning(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= ANSWER_BYTES_KEPT) break;
    }
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES_KEPT).toString("utf8");
}

/** Seconds, or a date. */
export function retryAfterOf(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) || ms <= 0 ? null : ms;
}
