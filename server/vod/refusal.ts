import { fail, type Result } from "../domain/result.ts";
import type { VendorCode } from "./vendor-codes.ts";

/** Something said in the vendor's own words, where no failure of ours says it. */
export interface Refusal {
  refusal: VendorCode;
  message: string;
}

export function refuse(refusal: VendorCode, message: string): Result<never, Refusal> {
  return fail({ refusal, message });
}
