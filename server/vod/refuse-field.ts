import type { Result } from "#domain/result.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { isVendorCode } from "./vendor-codes.ts";

/** A value that cannot be, by the name of its field, for which there may be a code of its own. */
export function refuseValue(field: string, why: string): Result<never, Refusal> {
  const own = `InvalidParameterValue.${field}`;
  return refuse(
    isVendorCode(own) ? own : "InvalidParameterValue",
    `The value of parameter \`${field}\` is not valid: ${why}`,
  );
}

/** What the contract has and this server does not: said by name, never passed over. */
export function refuseUnsupported(field: string, why = "This server does not do that."): Result<never, Refusal> {
  return refuse("UnsupportedOperation", `\`${field}\`: ${why}`);
}
