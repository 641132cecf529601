/**
 * The encoding `aws-chunked`: each chunk behind a line with its length in hex, perhaps with its signature; an empty chunk at
 * the end, and behind it trailers: checksums that were not known at the start.
 */
import { createHash } from "node:crypto";
import { S3Error } from "./s3-error.ts";
import type { ChunkSigner } from "./signature.ts";

const LINE_BYTES_MAX = 1024;
const TRAILERS_MAX = 8;
const CHUNK_LINE = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i;

export interface Chunked {
  /** By lower-case name; complete when the body has been read to its end. */
  trailers: Map<string, string>;
  body: AsyncIterable<Uint8Array>;
}

/** `signer`: the chunks are signed, and each is checked. */
export function readChunked(source: AsyncIterable<Uint8Array>, signer: ChunkSigner | null): Chunked {
  const trailers = new Map<string, string>();
  return { trailers, body: decode(new ByteReader(source), trailers, signer) };
}

async function* decode(
  reader: ByteReader,
  trailers: Map<string, string>,
  signer: ChunkSigner | null,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const line = CHUNK_LINE.exec(await reader.line());
    if (line === null) throw malformed();
    const length = Number.parseInt(line[1] ?? "", 16);
    const hash = signer === null ? null : createHash("sha256");
    for (let left = length; left > 0; ) {
      const bytes = await reader.bytes(left);
      hash?.update(bytes);
      left -= bytes.length;
      yield bytes;
    }
    if (signer !== null && hash !== null) signer.checkChunk(line[2] ?? "", hash.digest("hex"));
    if (length === 0) break;
    if ((await reader.line()) !== "") throw malformed();
  }
  await readTrailers(reader, trailers, signer);
}

async function readTrailers(reader: ByteReader, trailers: Map<string, string>, signer: ChunkSigner | null) {
  let signature: string | null = null;
  for (let line = await reader.lineOrEnd(); line !== null && line !== ""; line = await reader.lineOrEnd()) {
    const colon = line.indexOf(":");
    if (colon < 1 || trailers.size >= TRAILERS_MAX) throw malformed();
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "x-amz-trailer-signature") signature = value;
    else trailers.set(name, value);
  }
  if (signer === null || trailers.size === 0) return;
  const signed = [...trailers].map(([name, value]) => `${name}:${value}\n`).join("");
  signer.checkTrailer(signature ?? "", signed);
}

function malformed(): S3Error {
  return new S3Error("IncompleteBody", "The chunks of the body cannot be read.");
}

/** Lines and runs of bytes out of whatever pieces come in. */
class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#pieces = source[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const line = await this.lineOrEnd();
    if (line === null) throw malformed();
    return line;
  }

  /** Null at the end of everything. */
  async lineOrEnd(): Promise<string | null> {
    let end = this.#rest.indexOf("\r\n");
    while (end < 0) {
      if (this.#rest.length > LINE_BYTES_MAX) throw malformed();
      if (!(await this.#more())) {
        if (this.#rest.length > 0) throw malformed();
        return null;
      }
      end = this.#rest.indexOf("\r\n");
    }
    const line = this.#rest.toString("latin1", 0, end);
    this.#rest = this.#rest.subarray(end + 2);
    return line;
  }

  /** At least one byte, and at most so many. */
  async bytes(most: number): Promise<Uint8Array> {
    if (this.#rest.length === 0 && !(await this.#more())) throw malformed();
    const bytes = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(bytes.length);
    return bytes;
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (done) return false;
    this.#rest = this.#rest.length === 0 ? Buffer.from(value) : Buffer.concat([this.#rest, value]);
    return true;
  }
}
