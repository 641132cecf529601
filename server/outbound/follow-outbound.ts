import type { Failure } from "#domain/error.ts";
import { fail, type Result } from "#domain/result.ts";
import { type OutboundAnswer, type OutboundOptions, outboundRequest } from "./outbound-request.ts";

const REDIRECTS = [301, 302, 303, 307, 308];
const REDIRECTS_MAX = 5;

/** Goes where the answers send it, a few times. Each step is a request of its own, and checked as the first one was. */
export async function followOutbound(
  address: string,
  options: Omit<OutboundOptions, "method" | "body">,
): Promise<Result<OutboundAnswer, Failure>> {
  let next = address;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    const answered = await outboundRequest(next, options);
    if (!answered.ok) return answered;
    const { status, headers, body, url } = answered.value;
    if (!REDIRECTS.includes(status)) return answered;
    body.destroy();
    const target = URL.parse(headers.location ?? "", url);
    if (target === null) return fail({ code: "OUTBOUND_REDIRECTED", detail: "no location" });
    next = target.href;
  }
  return fail({ code: "OUTBOUND_REDIRECTED", detail: `more than ${REDIRECTS_MAX} times` });
}
