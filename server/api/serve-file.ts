import { text } from "node:stream/consumers";
import { ERRORS, type Failure } from "#domain/error.ts";
import { contentKeyAddress } from "#domain/modifiers/encryption/encrypt.ts";
import type { FileLinks } from "../files/file-links.ts";
import { isStorageKey } from "../storage/key.ts";
import type { Store, StoredFile } from "../storage/store.ts";
import { attachmentNamed } from "./content-disposition.ts";
import { contentTypeOf } from "./content-type.ts";
import { parseRange } from "./http-range.ts";
import { streamBody } from "./stream-body.ts";

/** What comes from outside is shown by our pages as picture, sound or film; opened by itself it may do nothing at all. */
const FENCE = { "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'" };

export function refuseFile(failure: Failure): Response {
  return Response.json({ code: failure.code }, { status: ERRORS[failure.code].http, headers: FENCE });
}

/** GET and HEAD of a file below a signed folder (RFC 9110): single ranges, validators, nothing held in memory. */
export async function serveFile(
  request: Request,
  { store, links }: { store: Store; links: FileLinks },
  params: { token: string; path: string[] },
): Promise<Response> {
  const opened = links.open(params.token);
  if (!opened.ok) return refuseFile(opened.failure);
  if (opened.value.of !== "folder") return refuseFile({ code: "LINK_EXPIRED", detail: "another link's" });
  const { prefix, keyId } = opened.value;
  const key = [prefix, ...params.path].join("/");
  const file = isStorageKey(key) ? await store.stat(key) : null;
  if (file === null) return refuseFile({ code: "OUTPUT_NOT_FOUND", detail: key });
  if (keyId !== undefined && key.endsWith(".m3u8")) return servePlaylistWithKey({ store, links }, key, keyId);

  const headers = new Headers({
    ...FENCE,
    "Accept-Ranges": "bytes",
    // A key's content never changes but for a replaced thumbnail; no-transform keeps the server from compressing ranges.
    "Cache-Control": "private, max-age=3600, no-transform",
    "Content-Type": contentTypeOf(key),
    ETag: file.etag,
    "Last-Modified": file.modifiedAt.toUTCString(),
  });
  const download = new URL(request.url).searchParams.get("download");
  if (download !== null) headers.set("Content-Disposition", attachmentNamed(download));
  if (isFresh(request.headers, file)) return new Response(null, { status: 304, headers });

  const wanted = meansThis(request.headers, file) ? request.headers.get("range") : null;
  const range = request.method === "HEAD" ? "whole" : parseRange(wanted, file.sizeBytes);
  if (range === "unsatisfiable") {
    headers.set("Content-Range", `bytes */${file.sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const length = range === "whole" ? file.sizeBytes : range.end - range.start + 1;
  headers.set("Content-Length", String(length));
  if (range !== "whole") headers.set("Content-Range", `bytes ${range.start}-${range.end}/${file.sizeBytes}`);
  if (request.method === "HEAD") return new Response(null, { headers });

  const content = await store.open(key, range === "whole" ? undefined : range);
  if (content === null) return refuseFile({ code: "OUTPUT_NOT_FOUND", detail: key });
  if (content.etag !== file.etag) {
    // Replaced since the headers were made, which speak of the file before.
    content.stream.destroy();
    return serveFile(request, { store, links }, params);
  }
  return new Response(streamBody(content.stream, request.signal), { status: range === "whole" ? 200 : 206, headers });
}

/**
 * A playlist below a playback link: where it names its key, it gets a token for it. Players that are none of our pages send
 * no cookie, and add nothing to an address they were given.
 */
async function servePlaylistWithKey(
  { store, links }: { store: Store; links: FileLinks },
  key: string,
  keyId: string,
): Promise<Response> {
  const file = await store.open(key);
  if (file === null) return refuseFile({ code: "OUTPUT_NOT_FOUND", detail: key });
  const address = contentKeyAddress(keyId);
  const withToken = `URI="${address}?token=${links.keyToken(keyId)}"`;
  const playlist = (await text(file.stream)).replaceAll(`URI="${address}"`, withToken);
  const headers = { ...FENCE, "Cache-Control": "no-store", "Content-Type": contentTypeOf(key) };
  return new Response(playlist, { headers });
}

function isFresh(headers: Headers, file: StoredFile): boolean {
  const tags = headers.get("if-none-match");
  if (tags !== null) return tags.split(",").some((tag) => [file.etag, "*"].includes(tag.trim().replace(/^W\//, "")));
  const since = Date.parse(headers.get("if-modified-since") ?? "");
  return Math.floor(file.modifiedAt.getTime() / 1000) * 1000 <= since;
}

/** If-Range: the range is wanted of the file the client has begun, and the whole file if that has changed. */
function meansThis(headers: Headers, file: StoredFile): boolean {
  const begun = headers.get("if-range");
  return begun === null || begun === file.etag || begun === file.modifiedAt.toUTCString();
}
