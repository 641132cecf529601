import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { isSignedByV1 } from "./v1.ts";

const SECRET = "localSecretKeyEXAMPLE00000000000";
const TEXT =
  "Action=DescribeTasks&Limit=10&Nonce=11886&Region=ap-guangzhou&RequestClient=SDK_NODEJS_4.1.220&SecretId=AKIDLOCALEXAMPLE0000000000000000&SignatureMethod=HmacSHA256&Timestamp=1700000000&Version=2018-07-17";
const SIGNATURE = "muXC82BXUJUTcny3Hu+oG4v6gTsVWyzUTHkIit5ePVQ=";

function request(changed: Record<string, string> = {}) {
  const parameters = new Map(new URLSearchParams(TEXT)).set("Signature", SIGNATURE);
  for (const [name, value] of Object.entries(changed)) parameters.set(name, value);
  return { method: "POST", path: "/", hosts: ["127.0.0.1", "127.0.0.1:8080"], parameters };
}

test("the older signature covers all parameters, sorted by name", () => {
  expect(isSignedByV1(SECRET, request())).toBe(true);
  expect(isSignedByV1(`${SECRET}!`, request())).toBe(false);
  expect(isSignedByV1(SECRET, { ...request(), method: "GET" })).toBe(false);
  expect(isSignedByV1(SECRET, { ...request(), hosts: ["127.0.0.1"] })).toBe(false);
  const others: Record<string, string>[] = [
    { Limit: "11" },
    { More: "1" },
    { SignatureMethod: "HmacMD5" },
    { Signature: "" },
  ];
  for (const changed of others) {
    expect(isSignedByV1(SECRET, request(changed))).toBe(false);
  }
});

test("where no method is named it is HmacSHA1", () => {
  const parameters = new Map([
    ["b", "2"],
    ["a", "ü&="],
  ]);
  const signature = createHmac("sha1", SECRET).update("GET127.0.0.1:8080/?a=ü&=&b=2").digest("base64");
  parameters.set("Signature", signature);
  expect(isSignedByV1(SECRET, { ...request(), method: "GET", parameters })).toBe(true);
});
