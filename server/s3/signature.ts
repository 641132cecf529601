/** AWS Signature Version 4 as S3 clients use it: in the `Authorization` header, or in the query of a presigned address. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { S3Error } from "./s3-error.ts";

const ALGORITHM = "AWS4-HMAC-SHA256";
const SKEW_MS = 15 * 60_000;
const EXPIRES_SECONDS_MAX = 7 * 86_400;
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

export interface SignedRequest {
  method: string;
  /** As sent. */
  url: URL;
  headers: Headers;
}

/** What a request says of its signature, before anything of it is believed. */
export interface Claim {
  accessKeyId: string;
  sessionToken: string;
  signature: string;
  signedHeaders: readonly string[];
  /** `20261126T050000Z` */
  timestamp: string;
  /** `20261126/us-east-1/s3/aws4_request` */
  scope: string;
  payloadHash: string;
}

const CREDENTIAL = /^([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request$/;

/** Null when the request is not signed at all. */
export function readClaim({ url, headers }: SignedRequest, now: Date): Claim | null {
  const query = url.searchParams;
  const header = headers.get("authorization");
  if (header === null && !query.has("X-Amz-Signature")) return null;
  const presigned = header === null;
  const parts = presigned ? query : partsOf(header);
  const part = (name: string) => parts.get(presigned ? `X-Amz-${name}` : name) ?? "";
  const credential = CREDENTIAL.exec(part("Credential"));
  const timestamp = presigned ? part("Date") : (headers.get("x-amz-date") ?? "");
  const signedAt = timeOf(timestamp);
  if (credential === null || signedAt === null || !timestamp.startsWith(credential[2] ?? "-")) {
    throw new S3Error("AccessDenied", "The signature cannot be read.");
  }
  const ageMs = now.getTime() - signedAt;
  const lifeMs = presigned ? lifetimeOf(part("Expires")) : SKEW_MS;
  if (presigned && ageMs > lifeMs) throw new S3Error("AccessDenied", "Request has expired");
  if (ageMs > lifeMs || ageMs < -SKEW_MS) {
    throw new S3Error("RequestTimeTooSkewed", "The clocks of client and server are too far apart.");
  }
  const signedHeaders = part("SignedHeaders").split(";");
  if (!signedHeaders.includes("host")) throw new S3Error("AccessDenied", "The host has to be signed.");
  return {
    accessKeyId: credential[1] ?? "",
    sessionToken: (presigned ? part("Security-Token") : headers.get("x-amz-security-token")) ?? "",
    signature: part("Signature"),
    signedHeaders,
    timestamp,
    scope: [credential[2], credential[3], "s3", "aws4_request"].join("/"),
    payloadHash: presigned ? UNSIGNED_PAYLOAD : (headers.get("x-amz-content-sha256") ?? ""),
  };
}

/** Whether it was made with this secret, for exactly this request. */
export function isSignedWith(secret: string, request: SignedRequest, claim: Claim): boolean {
  const text = [ALGORITHM, claim.timestamp, claim.scope, sha256(canonicalRequest(request, claim))].join("\n");
  return sameText(hmac(signingKey(secret, claim.scope), text).toString("hex"), claim.signature);
}

function canonicalRequest({ method, url, headers }: SignedRequest, claim: Claim): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return [
    method,
    url.pathname,
    query.map((pair) => pair.join("=")).join("&"),
    ...claim.signedHeaders.map((name) => `${name}:${(headers.get(name) ?? "").trim().replace(/ +/g, " ")}`),
    "",
    claim.signedHeaders.join(";"),
    claim.payloadHash,
  ].join("\n");
}

/** Each chunk of a signed stream is signed on the one before it; the first on the request. */
export class ChunkSigner {
  readonly #key: Buffer;
  readonly #claim: Claim;
  #previous: string;

  constructor(secret: string, claim: Claim) {
    this.#key = signingKey(secret, claim.scope);
    this.#claim = claim;
    this.#previous = claim.signature;
  }

  checkChunk(signature: string, chunkHash: string): void {
    this.#check("PAYLOAD", signature, [sha256(""), chunkHash]);
  }

  checkTrailer(signature: string, trailer: string): void {
    this.#check("TRAILER", signature, [sha256(trailer)]);
  }

  #check(kind: "PAYLOAD" | "TRAILER", signature: string, hashes: readonly string[]): void {
    const { timestamp, scope } = this.#claim;
    const text = [`${ALGORITHM}-${kind}`, timestamp, scope, this.#previous, ...hashes].join("\n");
    const expected = hmac(this.#key, text).toString("hex");
    if (!sameText(expected, signature))
      throw new S3Error("SignatureDoesNotMatch", "A chunk is not signed as it should.");
    this.#previous = expected;
  }
}

function partsOf(header: string): ReadonlyMap<string, string> {
  if (!header.startsWith(`${ALGORITHM} `)) throw new S3Error("AccessDenied", `Only ${ALGORITHM} is known.`);
  const pairs = header.slice(ALGORITHM.length).split(",");
  return new Map(pairs.map((pair) => [pair.split("=", 1)[0]?.trim() ?? "", pair.slice(pair.indexOf("=") + 1).trim()]));
}

function timeOf(timestamp: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
}

function lifetimeOf(seconds: string): number {
  if (!/^\d{1,6}$/.test(seconds) || Number(seconds) > EXPIRES_SECONDS_MAX) {
    throw new S3Error("AccessDenied", "X-Amz-Expires cannot be read.");
  }
  return Number(seconds) * 1000;
}

function signingKey(secret: string, scope: string): Buffer {
  return scope.split("/").reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function encode(text: string): string {
  const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
