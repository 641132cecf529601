import { TRPCError } from "@trpc/server";
import { ERRORS, type Failure } from "#domain/error.ts";
import type { Result } from "#domain/result.ts";

/** Carries a failure through tRPC's throwing world; the error formatter takes it out again. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

const TRPC_CODE_OF_STATUS = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  // tRPC has no word for "gone".
  410: "NOT_FOUND",
  413: "PAYLOAD_TOO_LARGE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  500: "INTERNAL_SERVER_ERROR",
  502: "BAD_GATEWAY",
  504: "GATEWAY_TIMEOUT",
} as const satisfies Record<(typeof ERRORS)[keyof typeof ERRORS]["http"], string>;

export function trpcErrorOf(failure: Failure): TRPCError {
  return new TRPCError({
    code: TRPC_CODE_OF_STATUS[ERRORS[failure.code].http],
    message: failure.code,
    cause: new FailureError(failure),
  });
}

/** The value of a use-case's result; its failure becomes the tRPC error the console reads. */
export function unwrap<T>(result: Result<T, Failure>): T {
  if (result.ok) return result.value;
  throw trpcErrorOf(result.failure);
}
