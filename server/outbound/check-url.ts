import { isIP } from "node:net";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { type AllowList, allowsAddress, allowsHost } from "./allow-list.ts";

const URL_CHARACTERS_MAX = 4_096;
/** Below are mail, databases and others that could be talked into something by what looks like HTTP. */
const OTHER_PORT_MIN = 1_024;

/** What can be said of an address before anything is looked up. The URL is the one to go on with. */
export function checkUrl(text: string, allow: AllowList): Result<URL, Failure> {
  const invalid = (detail: string) => fail({ code: "OUTBOUND_URL_INVALID", detail } as const);
  if (text.length > URL_CHARACTERS_MAX) return invalid("length");
  const url = URL.parse(text);
  if (url === null) return invalid("syntax");
  if (url.protocol !== "http:" && url.protocol !== "https:") return invalid("protocol");
  if (url.username !== "" || url.password !== "") return invalid("credentials");
  if (url.port !== "" && url.port !== "80" && url.port !== "443" && Number(url.port) < OTHER_PORT_MIN) {
    return invalid("port");
  }
  const host = hostOf(url);
  if (isIP(host) === 0) return ok(url);
  // 2130706433, 0x7f.1, 127.1, １２７.0.0.1: nobody writes addresses so who does not want to hide one.
  if (isIP(host) === 4 && !writtenHost(text).startsWith(host)) return invalid("spelling");
  if (!allowsAddress(allow, host)) return fail({ code: "OUTBOUND_REFUSED", detail: url.host });
  return ok(url);
}

/** Without the brackets around an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function writtenHost(text: string): string {
  return /^\s*[a-z]+:[/\\]*([^/\\?#]*)/i.exec(text)?.[1] ?? "";
}

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a host name; rejects when there are none. */
export type Resolve = (hostName: string) => Promise<readonly ResolvedAddress[]>;

/** The addresses that may be connected to. One that is not public makes all of them suspect: the name has two faces. */
export async function resolveHost(
  host: string,
  allow: AllowList,
  resolve: Resolve,
): Promise<Result<readonly ResolvedAddress[], Failure>> {
  const family = isIP(host);
  if (family !== 0) return ok([{ address: host, family }]);
  const addresses = await resolve(host).catch(() => []);
  if (addresses.length === 0) return fail({ code: "OUTBOUND_UNREACHABLE", detail: `${host}: no such host` });
  if (!allowsHost(allow, host) && !addresses.every(({ address }) => allowsAddress(allow, address))) {
    return fail({ code: "OUTBOUND_REFUSED", detail: host });
  }
  return ok(addresses);
}
