import { expect, test } from "vitest";
import { openUploadSignature, signUpload } from "./upload-signature.ts";

const SECRET = "localSecretKeyEXAMPLE00000000000";
const ID = "AKIDLOCALEXAMPLE0000000000000000";
const NOW = new Date(1_700_000_100_000);
const find = async (id: string) => (id === ID ? { secret: SECRET } : null);
const open = (signature: string, now = NOW) => openUploadSignature(signature, find, now);

const PLAIN =
  "D+VecQ0PCUYXJ9R0SEzzHuVtwf1zZWNyZXRJZD1BS0lETE9DQUxFWEFNUExFMDAwMDAwMDAwMDAwMDAwMCZjdXJyZW50VGltZVN0YW1wPTE3MDAwMDAwMDAmZXhwaXJlVGltZT0xNzAwMDg2NDAwJnJhbmRvbT0xMjM0NTY3ODk=";
const FULL =
  "zxbGhAFWxAlBxkVJwabOkPQwDGlzZWNyZXRJZD1BS0lETE9DQUxFWEFNUExFMDAwMDAwMDAwMDAwMDAwMCZjdXJyZW50VGltZVN0YW1wPTE3MDAwMDAwMDAmZXhwaXJlVGltZT0xNzAwMDg2NDAwJnJhbmRvbT0xMjM0NTY3ODkmY2xhc3NJZD0wJnByb2NlZHVyZT1RQ1ZCX1NpbXBsZVByb2Nlc3NGaWxlKCU3QjEwJTJDMjAlN0QlMkMxNTAlMkMxMCUyQzEwKSZ0YXNrUHJpb3JpdHk9NSZ0YXNrTm90aWZ5TW9kZT1DaGFuZ2Umc291cmNlQ29udGV4dD11c2VyJTNENDIlMjAlRTYlQjUlOEIlRTglQUYlOTUmb25lVGltZVZhbGlkPTEmdm9kU3ViQXBwSWQ9MTQwMDAwMDAwMSZzZXNzaW9uQ29udGV4dD1zMSZzdG9yYWdlUmVnaW9uPWFwLWd1YW5nemhvdQ==";

test("the contract's own examples are let in, with every term as it was meant", async () => {
  expect(await open(PLAIN)).toMatchObject({
    value: { mac: "0fe55e710d0f09461727d474484cf31ee56dc1fd", terms: { random: 123_456_789, procedure: "" } },
  });
  expect(await open(FULL)).toMatchObject({
    value: {
      mac: "cf16c6840156c40941c64549c1a6ce90f4300c69",
      terms: {
        ...{ procedure: "QCVB_SimpleProcessFile({10,20},150,10,10)", taskPriority: 5, taskNotifyMode: "Change" },
        ...{ sourceContext: "user=42 测试", oneTimeValid: "1", vodSubAppId: 1_400_000_001, sessionContext: "s1" },
      },
    },
  });
});

test("what we sign ourselves is let in, whatever stands in it", async () => {
  const terms = { secretId: ID, expireTime: 1_700_086_400, random: 1, procedure: "Flow({1,2}, 'a b+c&d=e')" };
  const signature = signUpload(SECRET, terms, NOW);
  expect(await open(signature)).toMatchObject({ value: { terms: { procedure: terms.procedure } } });
});

test("what was changed, has expired, lasts too long or is of nobody is refused", async () => {
  const bytes = Buffer.from(PLAIN, "base64");
  bytes[bytes.length - 1] = 0x38;
  expect(await open(bytes.toString("base64"))).toEqual({ ok: false, failure: "wrong" });
  expect(await open(PLAIN, new Date(1_700_086_401_000))).toEqual({ ok: false, failure: "expired" });
  expect(await open(PLAIN, new Date(1_699_990_000_000))).toEqual({ ok: false, failure: "expired" });
  const long = { secretId: ID, expireTime: 1_700_000_100 + 91 * 86_400, random: 1 };
  expect(await open(signUpload(SECRET, long, NOW))).toEqual({ ok: false, failure: "tooLong" });
  const nobody = { secretId: "AKIDnobody", expireTime: 1_700_086_400, random: 1 };
  expect(await open(signUpload(SECRET, nobody, NOW))).toEqual({ ok: false, failure: "unknownKey" });
  for (const nonsense of ["", "AAAA", "%%%", "x".repeat(100_000)])
    expect(await open(nonsense)).toEqual({ ok: false, failure: "malformed" });
});
