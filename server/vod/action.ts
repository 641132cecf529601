/**
 * How an action of the API is declared: its name, the schema of its parameters, and what it does. Parameters keep the
 * vendor's names; what the schema does not know is ignored, as old clients send what we never had.
 */
import type { z } from "zod";
import type { ErrorCode, Failure } from "../domain/error.ts";
import type { Result } from "../domain/result.ts";
import type { VodContext } from "./context.ts";
import { type Parameters, parseParameters } from "./parameters.ts";
import type { Refusal } from "./refusal.ts";
import type { VendorCode } from "./vendor-codes.ts";

export const VERSIONS = { vod: "2018-07-17", mps: "2019-06-12" } as const;
export type Product = keyof typeof VERSIONS;

/** The members of `Response` beside `RequestId`. */
export type Answer = object;

export interface Action {
  name: string;
  product: Product;
  request: z.ZodObject;
  /** Where this action says a failure with another code than the others. */
  codes: Partial<Record<ErrorCode, VendorCode>>;
  run: (ctx: VodContext, parameters: Parameters) => Promise<Result<Answer, Failure | Refusal>>;
}

export function action<Request extends z.ZodObject>({
  product = "vod",
  codes = {},
  handle,
  ...declared
}: {
  name: string;
  product?: Product;
  request: Request;
  codes?: Action["codes"];
  handle: (ctx: VodContext, input: z.output<Request>) => Promise<Result<Answer, Failure | Refusal>>;
}): Action {
  return {
    ...declared,
    product,
    codes,
    run: async (ctx, parameters) => {
      const input = parseParameters(declared.request, parameters);
      return input.ok ? handle(ctx, input.value) : input;
    },
  };
}
