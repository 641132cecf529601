import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "./server/api/content-security-policy.ts";

/** Gives each page a content security policy with a nonce of its own; Next puts the nonce on the scripts it writes. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, { development: process.env.NODE_ENV === "development" });
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set("x-nonce", nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

export const config = {
  // Pages only. Bodies that pass through here are cut at 10 MB, so uploads must not; files bring a policy of their own.
  // What calls the server API at the root is none of ours either.
  matcher: [
    {
      source: "/((?!api/|vod$|vod/|s3/|v3/|files/|archive/|_next/static/|_next/image|icon.svg).*)",
      missing: [
        { type: "header", key: "x-tc-action" },
        { type: "header", key: "content-type" },
      ],
    },
  ],
};
