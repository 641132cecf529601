/** The HTTP side of signing in and out: the few better-auth addresses the console needs, and no others. */
import { z } from "zod";
import type { Env } from "../env.ts";
import type { Auth } from "./auth.ts";
import { FailureLimit } from "./failure-limit.ts";
import { isJson, isSameOrigin } from "./same-origin.ts";
import { withSmallBody } from "./small-body.ts";

const OPEN = new Set([
  "GET /api/auth/get-session",
  "POST /api/auth/sign-in/email",
  "POST /api/auth/sign-out",
  "POST /api/auth/change-password",
]);

const credentials = z.object({ email: z.string().max(254), password: z.string().max(128) });

export function createSignIn(auth: Auth, env: Pick<Env, "PUBLIC_URL">): (request: Request) => Promise<Response> {
  const limit = new FailureLimit({ max: 10, windowMs: 5 * 60_000 });

  return async function signIn(request) {
    const { pathname } = new URL(request.url);
    if (!OPEN.has(`${request.method} ${pathname}`)) return refuse(404, "NOT_FOUND");
    if (request.method === "GET") return auth.handler(request);
    if (!isSameOrigin(request.headers, env.PUBLIC_URL)) return refuse(403, "FORBIDDEN");
    if (!isJson(request.headers)) return refuse(415, "INVALID_PARAMETER");
    const small = await withSmallBody(request);
    if (small === null) return refuse(413, "INVALID_PARAMETER");
    if (!pathname.endsWith("/sign-in/email")) return auth.handler(small);

    const given = credentials.safeParse(
      await small
        .clone()
        .json()
        .catch(() => null),
    );
    if (!given.success) return refuse(400, "INVALID_PARAMETER");
    const email = given.data.email.toLowerCase();
    const waitMs = limit.waitMs(email);
    if (waitMs > 0) return refuse(429, "TOO_MANY_ATTEMPTS", { "Retry-After": String(Math.ceil(waitMs / 1000)) });
    // Counted before the answer is known: of a hundred guesses at once, only ten are looked at.
    limit.recordFailure(email);
    const response = await auth.handler(small);
    if (response.ok) limit.forgive(email);
    return response;
  };
}

function refuse(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json({ code }, { status, headers });
}
