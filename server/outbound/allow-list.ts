/**
 * Where requests to the outside may go. Only public addresses, unless the administrator's OUTBOUND_ALLOW names the host or
 * the address: a server that fetches what strangers name must not become their way into the network it stands in.
 */
import ipaddr from "ipaddr.js";
import { fail, ok, type Result } from "#domain/result.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

export interface AllowList {
  /** In lower case, without a dot at the end. Whatever such a name resolves to is allowed. */
  hosts: readonly string[];
  ranges: readonly [Address, number][];
}

export const ALLOW_NOTHING: AllowList = { hosts: [], ranges: [] };

const HOST_NAME = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/** Host names, addresses and CIDR ranges between commas. Fails with the entry that is none of them. */
export function parseAllowList(text: string): Result<AllowList, string> {
  const hosts: string[] = [];
  const ranges: [Address, number][] = [];
  for (const entry of text.split(",").map((part) => part.trim().toLowerCase())) {
    if (entry === "") continue;
    if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry));
    else if (isAddress(entry)) ranges.push(ipaddr.parseCIDR(`${entry}/${entry.includes(":") ? 128 : 32}`));
    // What ends in a number is an address that was mistyped, and never a name.
    else if (HOST_NAME.test(entry) && !/(^|\.)\d+$/.test(entry)) hosts.push(entry);
    else return fail(entry);
  }
  return ok({ hosts, ranges });
}

function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

export function allowsHost(allow: AllowList, hostName: string): boolean {
  return allow.hosts.includes(hostName.replace(/\.$/, ""));
}

/** `address` as a resolver or an address of the web spells it, without brackets. */
export function allowsAddress(allow: AllowList, address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // Written as IPv6, an IPv4 address is reached as what it is.
  const reached = ipaddr.process(address);
  const listed = allow.ranges.some(([network, bits]) => {
    return network.kind() === reached.kind() && reached.match(network, bits);
  });
  return listed || isPublic(ipaddr.parse(address));
}

/** The cloud's own machine beside every machine of Azure; the others have theirs in ranges that are private anyway. */
const METADATA = "168.63.129.16";
/** All that is given to anybody. Forms that carry an IPv4 address inside (mapped, compatible, NAT64) lie outside of it. */
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

function isPublic(address: Address): boolean {
  // Every range with a meaning of its own has a name: private, loopback, link-local, shared, multicast, 6to4, …
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv6" ? address.match(GLOBAL_UNICAST) : address.toString() !== METADATA;
}
