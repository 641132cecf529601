/** Of what the console sends as JSON: the longest SVG of a watermark, and fifty steps with all their parameters. */
const BYTES_MAX = 3 * 1024 ** 2;

/**
 * The request with its body read, or null when that is larger than any of ours: whoever parses JSON holds all of it in
 * memory, and this is asked of people who have not even signed in.
 */
export async function withSmallBody(request: Request): Promise<Request | null> {
  if (request.body === null) return request;
  const body = await smallBody(request, BYTES_MAX);
  if (body === null) return null;
  const { url, method, headers, signal } = request;
  // Part by part: Next hands its routes a proxy, of which no request can be made as a whole.
  return new Request(url, { method, headers, signal, body });
}

/** A body of at most so many bytes; null when it is larger, and then the rest of it is not read. */
export async function smallBody(request: Request, bytesMax: number): Promise<Buffer<ArrayBuffer> | null> {
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes += next.value.byteLength;
    if (bytes > bytesMax) {
      await reader.cancel();
      return null;
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks);
}
