import type { VodServices } from "../vod/context.ts";
import { dispatch } from "../vod/dispatch.ts";
import type { VodRequest } from "../vod/request.ts";
import { smallBody } from "./small-body.ts";

/** Printable, and no longer than any client makes them: it goes into a header of the answer. */
const TRACE_ID = /^[\x21-\x7e]{1,128}$/;

/** Answers with status 200 whatever happens: the vendor's clients read errors from the body alone. */
export async function serveVod(request: Request, services: VodServices): Promise<Response> {
  const body = await dispatch(toVodRequest(request), services);
  const headers = new Headers({
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  const traceId = request.headers.get("x-tc-traceid") ?? "";
  if (TRACE_ID.test(traceId)) headers.set("x-tc-traceid", traceId);
  return new Response(JSON.stringify(body), { headers });
}

function toVodRequest(request: Request): VodRequest {
  const { method, headers, signal } = request;
  const { pathname: path, search } = new URL(request.url);
  const query = search.slice(1);
  return { method, path, query, headers, signal, readBody: (bytesMax) => smallBody(request, bytesMax) };
}
