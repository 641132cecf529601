import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Logger } from "pino";
import { ERRORS } from "#domain/error.ts";
import { type Auth, whoIs } from "./auth.ts";
import { appRouter } from "./router.ts";
import { isJson, isSameOrigin } from "./same-origin.ts";
import type { Services } from "./services.ts";
import { withSmallBody } from "./small-body.ts";

/** Queries and subscriptions come as GET and change nothing; whatever may change something is POST, JSON, and from our pages. */
export async function serveTrpc(
  request: Request,
  { services, auth, log }: { services: Services; auth: Auth; log: Logger },
): Promise<Response> {
  if (request.method !== "GET") {
    const { env } = services;
    if (!isSameOrigin(request.headers, env.PUBLIC_URL)) return refuse("FORBIDDEN", ERRORS.FORBIDDEN.http);
    if (!isJson(request.headers)) return refuse("INVALID_PARAMETER", 415);
  }
  const small = await withSmallBody(request);
  if (small === null) return refuse("INVALID_PARAMETER", 413);
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: small,
    router: appRouter,
    createContext: async ({ resHeaders }) => ({
      ...services,
      me: await whoIs(auth, services.db, request.headers, (answered) => {
        for (const cookie of answered.getSetCookie()) resHeaders.append("set-cookie", cookie);
      }),
    }),
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") log.error({ err: error.cause ?? error, path }, "request failed");
    },
  });
}

function refuse(code: string, status: number): Response {
  return Response.json({ code }, { status });
}
