/** Of what the console sends as JSON: fifty steps with all their parameters are a tenth of it. */
const BYTES_MAX = 1024 ** 2;

/**
 * The request with its body read, or null when that is larger than any of ours: whoever parses JSON holds all of it in
 * memory, and this is asked of people who have not even signed in.
 */
export async function withSmallBody(request: Request): Promise<Request | null> {
  if (request.body === null) return request;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes += next.value.byteLength;
    if (bytes > BYTES_MAX) {
      await reader.cancel();
      return null;
    }
    chunks.push(next.value);
  }
  const { url, method, headers, signal } = request;
  // Part by part: Next hands its routes a proxy, of which no request can be made as a whole.
  return new Request(url, { method, headers, signal, body: Buffer.concat(chunks) });
}
