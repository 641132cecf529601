import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import type { Failure } from "#domain/error.ts";
import { type FieldError, fieldErrorsOf } from "#domain/form.ts";
import { FailureError, trpcErrorOf } from "./failure-error.ts";
import type { Me, Role } from "./rows.ts";
import type { Services } from "./services.ts";

export interface Context extends Services {
  /** Who asks; null when nobody has signed in. */
  me: Me | null;
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  // Stacks and messages of unexpected errors stay in the log; what a browser needs is the code.
  errorFormatter: ({ shape, error }) => {
    const fields = error.cause instanceof ZodError ? fieldErrorsOf(error.cause) : [];
    const { code, httpStatus, path } = shape.data;
    const failure = failureOf(error.cause, error.code, fields);
    return { code: shape.code, message: failure.code, data: { code, httpStatus, path, failure, fields } };
  },
  sse: {
    ping: { enabled: true, intervalMs: 2_000 },
    client: { reconnectAfterInactivityMs: 10_000 },
    // Reconnecting asks again who is there, so a removed user hears nothing after this long.
    maxDurationMs: 15 * 60_000,
  },
});

function failureOf(cause: unknown, code: string, fields: FieldError[]): Failure {
  if (cause instanceof FailureError) return cause.failure;
  const [field] = fields;
  if (field !== undefined) return { code: "INVALID_PARAMETER", detail: field.path };
  if (code === "BAD_REQUEST" || code === "PARSE_ERROR") return { code: "INVALID_PARAMETER", detail: "" };
  return { code: "INTERNAL", detail: "" };
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
export const anyone = t.procedure;

/** Each role may do what the ones before it may. */
const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

function signedInAs(role: Role) {
  return t.procedure.use(({ ctx, next }) => {
    const { me } = ctx;
    if (me === null) throw trpcErrorOf({ code: "UNAUTHORIZED", detail: "" });
    if (RANK[me.user.role] < RANK[role]) throw trpcErrorOf({ code: "FORBIDDEN", detail: role });
    return next({ ctx: { ...ctx, me } });
  });
}

/** Looks at everything of the application. */
export const viewer = signedInAs("viewer");
/** Also uploads, creates, cancels, restarts and edits. */
export const operator = signedInAs("operator");
/** Also decides who may do what, and how much at once. */
export const admin = signedInAs("admin");
