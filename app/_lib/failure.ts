import { isTRPCClientError } from "@trpc/client";
import { ERROR_CODES, type Failure } from "#domain/error.ts";
import type { FieldError } from "#domain/form.ts";
import type { AppRouter } from "#server/api/router.ts";

/** What the server said went wrong; null when it did not say: the network failed, or the answer was not ours. */
export function failureOf(error: unknown): Failure | null {
  if (!isTRPCClientError<AppRouter>(error)) return null;
  const failure = error.data?.failure;
  return failure !== undefined && ERROR_CODES.includes(failure.code) ? failure : null;
}

/** What the server found wrong with the input, field by field. */
export function wrongFieldsOf(error: unknown): readonly FieldError[] {
  return isTRPCClientError<AppRouter>(error) ? (error.data?.fields ?? []) : [];
}
