/** Sign-in with better-auth: e-mail and password, sessions in the database, roles in a column of ours. */
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import type { Db } from "../db/client.ts";
import { deriveKey } from "../derive-key.ts";
import type { Env } from "../env.ts";
import type { Me } from "./rows.ts";
import { isSameOrigin } from "./same-origin.ts";

const DAY_SECONDS = 24 * 3600;

export function createAuth(db: Db, env: Pick<Env, "SECRET_KEY" | "PUBLIC_URL">) {
  return betterAuth({
    baseURL: env.PUBLIC_URL,
    basePath: "/api/auth",
    secret: deriveKey(env.SECRET_KEY, "sessions").toString("base64url"),
    database: prismaAdapter(db, { provider: "postgresql" }),
    telemetry: { enabled: false },
    logger: { level: "error" },
    // Users are made by administrators, see server/users.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 128 },
    session: { expiresIn: 14 * DAY_SECONDS, updateAge: DAY_SECONDS },
    // The one origin a request may come from besides PUBLIC_URL's is the host it was sent to.
    trustedOrigins: (request) => {
      const origin = request?.headers.get("origin");
      return request !== undefined && isSameOrigin(request.headers, env.PUBLIC_URL) ? [origin] : [];
    },
    rateLimit: { enabled: true, storage: "memory", customRules: { "/sign-in/email": { window: 60, max: 60 } } },
    advanced: {
      cookiePrefix: "reelflow",
      useSecureCookies: env.PUBLIC_URL.startsWith("https:"),
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/**
 * Who sent these headers. A session in use is prolonged once a day, which needs a new cookie: only where `onHeaders` can
 * send one, or the session would outlive the cookie.
 */
export async function whoIs(
  auth: Auth,
  db: Db,
  headers: Headers,
  onHeaders?: (headers: Headers) => void,
): Promise<Me | null> {
  const { headers: answered, response } = await auth.api.getSession({
    headers,
    query: { disableRefresh: onHeaders === undefined },
    returnHeaders: true,
  });
  if (response === null) return null;
  onHeaders?.(answered);
  // Asked anew each time, so that a changed role counts from the next request on.
  const found = await db.user.findUnique({ where: { id: response.user.id }, select: meColumns });
  if (found === null) return null;
  const { application, ...user } = found;
  return { user, application };
}

const meColumns = {
  id: true,
  name: true,
  email: true,
  role: true,
  application: { select: { id: true, name: true } },
} as const;
