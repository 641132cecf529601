import type { Readable } from "node:stream";

/**
 * A response body that reads as fast as it is read, and lets go of the file when the reader leaves. `Readable.toWeb`
 * throws into nowhere when both sides end at the same moment, which is what leaving clients do.
 */
export function streamBody(stream: Readable, signal: AbortSignal): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  const letGo = () => stream.destroy();
  signal.addEventListener("abort", letGo, { once: true });
  if (signal.aborted) letGo();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await chunks.next();
        if (next.done !== true) return controller.enqueue(next.value);
        signal.removeEventListener("abort", letGo);
        controller.close();
      },
      cancel: () => {
        signal.removeEventListener("abort", letGo);
        letGo();
      },
    },
    { highWaterMark: 0 },
  );
}
