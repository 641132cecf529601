/** The older signatures: everything is a parameter, the signature too. */
import { createHmac, timingSafeEqual } from "node:crypto";

const ALGORITHMS: Readonly<Record<string, "sha1" | "sha256">> = { HmacSHA1: "sha1", HmacSHA256: "sha256" };

export interface V1Request {
  method: string;
  path: string;
  /** Decoded; names are unique. */
  parameters: ReadonlyMap<string, string>;
  /** Any of these may have been signed. */
  hosts: readonly string[];
}

export function isSignedByV1(secret: string, { method, path, parameters, hosts }: V1Request): boolean {
  const algorithm = ALGORITHMS[parameters.get("SignatureMethod") ?? "HmacSHA1"];
  if (algorithm === undefined) return false;
  const given = Buffer.from(parameters.get("Signature") ?? "", "base64");
  const signed = [...parameters.keys()]
    .filter((name) => name !== "Signature")
    // By code unit, as the clients sort.
    .sort()
    .map((name) => `${name}=${parameters.get(name)}`);
  return hosts.some((host) => {
    const expected = createHmac(algorithm, secret)
      .update(`${method}${host}${path}?${signed.join("&")}`)
      .digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
