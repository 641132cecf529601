/** The bytes of a PUT as they were meant, and whether they are those the client says they are. */
import { createHash } from "node:crypto";
import type { Body } from "../uploads/object-files.ts";
import { readChunked } from "./aws-chunked.ts";
import { CHECKSUM_HEADERS, checksumOf } from "./checksums.ts";
import { S3Error } from "./s3-error.ts";
import { type ChunkSigner, UNSIGNED_PAYLOAD } from "./signature.ts";

const STREAMING = "STREAMING-";
const SIGNED_STREAM = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

export interface SentBody extends Body {
  /** As announced. */
  sizeBytes: number;
  /** The checksums that were looked at, by header name; complete after `check`. */
  checksums: ReadonlyMap<string, string>;
}

/** `signer`: null where nothing but the address is signed. */
export function readBody(
  { headers, body }: Pick<Request, "headers" | "body">,
  { bytesMax, payloadHash, signer }: { bytesMax: number; payloadHash: string; signer: ChunkSigner | null },
): SentBody {
  const streaming = payloadHash.startsWith(STREAMING);
  const sizeBytes = lengthOf(headers, streaming);
  if (sizeBytes > bytesMax) throw new S3Error("EntityTooLarge", "The object is larger than allowed.");
  const source: AsyncIterable<Uint8Array> = body ?? nothing();
  const signed = payloadHash.startsWith(SIGNED_STREAM);
  if (signed && signer === null) throw new S3Error("AccessDenied", "Signed chunks need a signed request.");
  const chunked = streaming ? readChunked(source, signed ? signer : null) : null;

  const announced = (headers.get("x-amz-trailer") ?? "").split(",").map((name) => name.trim().toLowerCase());
  const computed = new Map(
    [...CHECKSUM_HEADERS.filter((name) => headers.has(name)), ...announced].flatMap((name) => {
      const checksum = checksumOf(name);
      return checksum === null ? [] : [[name, checksum] as const];
    }),
  );
  const whole = streaming || payloadHash === UNSIGNED_PAYLOAD ? null : createHash("sha256");
  const checksums = new Map<string, string>();
  let received = 0;

  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of chunked?.body ?? source) {
      received += piece.byteLength;
      if (received > sizeBytes) throw new S3Error("IncompleteBody", "More came than was announced.");
      whole?.update(piece);
      for (const checksum of computed.values()) checksum.update(piece);
      yield piece;
    }
  }
  function check(): void {
    if (received !== sizeBytes) throw new S3Error("IncompleteBody", "Less came than was announced.");
    if (whole !== null && whole.digest("hex") !== payloadHash) {
      throw new S3Error("XAmzContentSHA256Mismatch", "The body is not the one that was signed.");
    }
    for (const [name, checksum] of computed) {
      const value = checksum.digest();
      if (value !== (headers.get(name) ?? chunked?.trailers.get(name))) {
        throw new S3Error("BadDigest", `The body does not have this ${name}.`);
      }
      checksums.set(name, value);
    }
  }
  return { bytes: bytes(), check, sizeBytes, checksums };
}

function lengthOf(headers: Headers, streaming: boolean): number {
  const length = headers.get(streaming ? "x-amz-decoded-content-length" : "content-length");
  if (length === null || !/^\d{1,15}$/.test(length)) {
    throw new S3Error("MissingContentLength", "The length of the body has to be said.");
  }
  return Number(length);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
