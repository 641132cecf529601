import { fail, type Result } from "#domain/result.ts";

export interface Refusal {
  refusal: string;
  message: string;
}

/** A value that cannot be, by the name of its field, for which there may be a code of its own. */
export function refuseValue(field: string, why: string): Result<never, Refusal> {
  return fail({
    refusal: `InvalidParameterValue.${field}`,
    message: `The value of parameter \`${field}\` is not valid: ${why}`,
  });
}

/** What the contract has and this server does not: said by name, never passed over. */
export function refuseUnsupported(field: string, why = "this server does not do that."): Result<never, Refusal> {
  return fail({ refusal: "UnsupportedOperation", message: `\`${field}\`: ${why}` });
}
