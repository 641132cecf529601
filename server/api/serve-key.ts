import type { Logger } from "pino";
import { ERRORS, type Failure } from "#domain/error.ts";
import { openContentKey } from "../content-keys/open-content-key.ts";
import type { FileLinks } from "../files/file-links.ts";
import type { Me } from "./rows.ts";
import type { Services } from "./services.ts";

const HEADERS = {
  // Whoever may have it today may not tomorrow.
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** GET of a content key: 16 bytes for a user of its application, or for whoever brings a token that covers it. */
export async function serveKey(
  request: Request,
  { services, log }: { services: Pick<Services, "db" | "links" | "env">; log: Logger },
  me: Me | null,
  id: string,
): Promise<Response> {
  const { db, links, env } = services;
  const token = new URL(request.url).searchParams.get("token");
  const owner = token !== null && covers(links, token, id) ? {} : me && { applicationId: me.application.id };
  if (owner === null) return refuse({ code: token === null ? "UNAUTHORIZED" : "LINK_EXPIRED", detail: "" });
  const key = await openContentKey(db, env.SECRET_KEY, { id, ...owner });
  if (!key.ok) {
    if (key.failure.code === "INTERNAL") log.error({ detail: key.failure.detail }, "A content key cannot be read");
    return refuse(key.failure);
  }
  const headers = {
    ...HEADERS,
    "Content-Type": "application/octet-stream",
    "Content-Length": String(key.value.length),
  };
  return new Response(key.value, { headers });
}

function covers(links: FileLinks, token: string, id: string): boolean {
  const opened = links.open(token);
  return opened.ok && opened.value.of === "key" && opened.value.id === id;
}

function refuse({ code }: Failure): Response {
  return Response.json({ code }, { status: ERRORS[code].http, headers: HEADERS });
}
