/**
 * Next drops `Content-Length` from what its routes answer, as a body that was fetched may have been decoded on the way,
 * and sends everything in chunks: a download of unknown size, a HEAD that tells nothing. So the length travels under
 * another name, and becomes itself again when the headers are written.
 */
import { subscribe } from "node:diagnostics_channel";
import { ServerResponse } from "node:http";

const CARRIER = "x-content-length";

/** For a route: an answer whose length Next will not drop. */
export function carryLength(response: Response): Response {
  const length = response.headers.get("content-length");
  if (length !== null) response.headers.set(CARRIER, length);
  return response;
}

/** For the process: from now on, carried lengths arrive. */
export function restoreLengths(): void {
  subscribe("http.server.request.start", (started) => {
    if (!hasResponse(started)) return;
    const { response } = started;
    // Called also when headers are sent by the first write.
    response.writeHead = new Proxy(response.writeHead, {
      apply: (writeHead, self, given) => {
        const length = response.getHeader(CARRIER);
        if (length !== undefined) {
          response.removeHeader(CARRIER);
          response.setHeader("Content-Length", length);
        }
        return Reflect.apply(writeHead, self, given);
      },
    });
  });
}

function hasResponse(started: unknown): started is { response: ServerResponse } {
  return (
    typeof started === "object" &&
    started !== null &&
    "response" in started &&
    started.response instanceof ServerResponse
  );
}
