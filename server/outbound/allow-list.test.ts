import { expect, test } from "vitest";
import { parseEnv } from "../env.ts";
import { ALLOW_NOTHING, allowsAddress, allowsHost, parseAllowList } from "./allow-list.ts";

function listOf(text: string) {
  const parsed = parseAllowList(text);
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
}

test("an address that is not public is refused, however it is wrapped up", () => {
  const refused = [
    ...["127.0.0.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "169.254.169.254"],
    ...["0.0.0.0", "0.1.2.3", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1", "168.63.129.16"],
    ...["::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1", "100::1", "4000::1"],
    // IPv4 inside: mapped, compatible, translated, NAT64, 6to4, Teredo.
    ...["::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"],
    ...["2002:7f00:1::1", "2001::1", "not an address", ""],
  ];
  expect(refused.filter((address) => allowsAddress(ALLOW_NOTHING, address))).toEqual([]);
});

test("public addresses are allowed", () => {
  const allowed = ["8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"];
  expect(allowed.filter((address) => !allowsAddress(ALLOW_NOTHING, address))).toEqual([]);
});

test("what the administrator lists is allowed, and nothing beside it", () => {
  const allow = listOf(" 127.0.0.0/8, fd00:1::/32,10.1.2.3, NAS.lan ,, ");
  const allowed = ["127.0.0.1", "127.255.0.1", "::ffff:127.0.0.1", "fd00:1::5", "10.1.2.3", "8.8.8.8"];
  expect(allowed.filter((address) => !allowsAddress(allow, address))).toEqual([]);
  expect(["10.1.2.4", "fd00:2::5", "::1", "64:ff9b::7f00:1"].filter((one) => allowsAddress(allow, one))).toEqual([]);
  expect(["nas.lan", "nas.lan.", "x.nas.lan", "nas.lan.org"].filter((name) => allowsHost(allow, name))).toEqual([
    "nas.lan",
    "nas.lan.",
  ]);
});

test.each(["10.0.0.0/33", "10.0.0.1.5", "127.1", "http://nas.lan", "a b", "nas.lan:80"])("%s is no entry", (entry) => {
  expect(parseAllowList(`127.0.0.1, ${entry}`)).toEqual({ ok: false, failure: entry });
});

test("a wrong OUTBOUND_ALLOW is named at the start", () => {
  const settings = { DATABASE_URL: "postgresql://localhost/x", SECRET_KEY: "0123456789".repeat(4) };
  expect(parseEnv(settings).OUTBOUND_ALLOW).toEqual(ALLOW_NOTHING);
  expect(() => parseEnv({ ...settings, OUTBOUND_ALLOW: "10.0.0.0/99" })).toThrow("OUTBOUND_ALLOW: Neither");
});
