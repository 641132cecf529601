import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { KeyRing } from "../api-keys/key-ring.ts";
import { connect } from "../db/client.ts";
import { createLogger } from "../log.ts";
import { dispatch } from "./dispatch.ts";
import { type ApiKeyPair, startTestApi, type TestApi } from "./test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

interface Raw {
  key?: ApiKeyPair;
  action?: string | null;
  version?: string;
  body?: string;
  secondsAgo?: number;
  headers?: Record<string, string>;
}

/** As a client of one's own would send it, signed right unless it is told otherwise. */
async function send({
  key = api.key,
  action = "DescribeSubAppIds",
  version = "2018-07-17",
  body = "{}",
  secondsAgo = 0,
  headers = {},
}: Raw): Promise<{ status: number; Response: { Error?: { Code: string; Message: string }; RequestId: string } }> {
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const hmac = (secret: string | Buffer, text: string) => createHmac("sha256", secret).update(text).digest();
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const canonical = `POST\n/\n\ncontent-type:application/json\nhost:${api.endpoint}\n\ncontent-type;host\n${sha256(body)}`;
  const signingKey = hmac(hmac(hmac(`TC3${key.secretKey}`, date), "vod"), "tc3_request");
  const signature = hmac(
    signingKey,
    `TC3-HMAC-SHA256\n${timestamp}\n${date}/vod/tc3_request\n${sha256(canonical)}`,
  ).toString("hex");
  const response = await fetch(`http://${api.endpoint}/`, {
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/json",
      "X-TC-Timestamp": timestamp,
      "X-TC-Version": version,
      ...(action !== null && { "X-TC-Action": action }),
      Authorization: `TC3-HMAC-SHA256 Credential=${key.secretId}/${date}/vod/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`,
      ...headers,
    },
  });
  const answered = await response.json();
  expect(answered.Response.RequestId).toMatch(UUID);
  return { status: response.status, ...answered };
}

async function codeOf(raw: Raw): Promise<string | undefined> {
  const { status, Response } = await send(raw);
  expect(status).toBe(200);
  return Response.Error?.Code;
}

test("the vendor's client is understood whichever way it signs, and whatever path its endpoint has", async () => {
  for (const options of [
    {},
    { reqMethod: "GET" },
    { path: "/vod" },
    { signMethod: "HmacSHA256" },
    { signMethod: "HmacSHA1" },
    { signMethod: "HmacSHA1", reqMethod: "GET" },
    { signMethod: "HmacSHA256", path: "/vod" },
  ] as const) {
    const client = api.clientWith(api.key, options);
    const answer = await client.DescribeSubAppIds({ Offset: 0, Limit: 20, Name: "Default" });
    expect(answer.SubAppIdInfoSet?.map(({ SubAppId, SubAppIdName }) => [SubAppId, SubAppIdName])).toEqual([
      [1, "Default"],
    ]);
    expect(answer.RequestId).toMatch(UUID);
  }
});

test("who it is, when, and whether it is signed are checked in this order", async () => {
  const wrong = { ...api.key, secretKey: "another secret of the key" };
  const unknown = { secretId: "AKIDunknown", secretKey: "x" };
  await expect(api.clientWith(wrong).DescribeSubAppIds({})).rejects.toMatchObject({
    code: "AuthFailure.SignatureFailure",
    requestId: expect.stringMatching(UUID),
  });
  await expect(api.clientWith(unknown).DescribeSubAppIds({})).rejects.toMatchObject({
    code: "AuthFailure.SecretIdNotFound",
  });
  expect(await codeOf({})).toBeUndefined();
  expect(await codeOf({ secondsAgo: 290 })).toBeUndefined();
  expect(await codeOf({ secondsAgo: 310 })).toBe("AuthFailure.SignatureExpire");
  expect(await codeOf({ secondsAgo: -310 })).toBe("AuthFailure.SignatureExpire");
  expect(await codeOf({ secondsAgo: 600, key: unknown })).toBe("AuthFailure.SecretIdNotFound");
  expect(await codeOf({ secondsAgo: 600, key: wrong })).toBe("AuthFailure.SignatureExpire");
  expect(await codeOf({ key: wrong, body: "{" })).toBe("AuthFailure.SignatureFailure");
  expect(await codeOf({ headers: { Authorization: "SKIP" } })).toBe("AuthFailure.SignatureFailure");
  expect(await codeOf({ headers: { "X-TC-Timestamp": "soon" } })).toBe("AuthFailure.SignatureExpire");
  expect(await codeOf({ headers: { "X-TC-Token": "temporary" } })).toBe("AuthFailure.TokenFailure");
});

test("what it asks for is checked before", async () => {
  const unsigned = { headers: { Authorization: "SKIP" } };
  expect(await codeOf({ action: "DescribeEverything", ...unsigned })).toBe("InvalidAction");
  expect(await codeOf({ action: null, ...unsigned })).toBe("InvalidAction");
  expect(await codeOf({ action: "constructor", ...unsigned })).toBe("InvalidAction");
  expect(await codeOf({ version: "2017-03-12", ...unsigned })).toBe("NoSuchVersion");
  expect(await codeOf({ version: "2019-06-12", ...unsigned })).toBe("InvalidAction");
  expect(await codeOf({ headers: { "Content-Type": "text/plain" } })).toBe("UnsupportedProtocol");
  const put = await fetch(`http://${api.endpoint}/`, { method: "PUT", headers: { "X-TC-Action": "ProcessMedia" } });
  expect(await put.json()).toMatchObject({ Response: { Error: { Code: "UnsupportedProtocol" } } });
});

test.each([
  ["{", "InvalidParameter"],
  ["[]", "InvalidParameter"],
  ["\xff\xfe", "InvalidParameter"],
  ['{"Name":7}', "InvalidParameter"],
  ['{"Limit":"10"}', "InvalidParameter"],
  ['{"Limit":1e99}', "InvalidParameterValue.Limit"],
  ['{"Limit":201}', "InvalidParameterValue.Limit"],
  ['{"__proto__":{"Limit":1}}', "InvalidParameter"],
  ['{"SubAppId":2}', "InvalidParameterValue.SubAppId"],
  ['{"SubAppId":{}}', "InvalidParameterValue.SubAppId"],
  [`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, "InvalidParameter"],
  [`{"a":"${"x".repeat(10 * 1024 ** 2)}"}`, "RequestSizeLimitExceeded"],
])("a body that begins %.30s is answered with %s", async (body, code) => {
  expect(await codeOf({ body })).toBe(code);
});

test("what an action does not know is ignored, and null means not given", async () => {
  expect(await codeOf({ body: '{"Unknown":{"a":[null]},"Limit":null,"SubAppId":1}' })).toBeUndefined();
});

test("a wrong parameter is named", async () => {
  const { Response } = await send({ action: "CreateSubAppId" });
  expect(Response.Error).toEqual({
    Code: "MissingParameter",
    Message: "The request is missing the required parameter `Name`.",
  });
});

test("an unexpected error tells nothing but the request's id, under which the log has it", async () => {
  const lines: string[] = [];
  const log = createLogger("web", "info", { write: (line) => lines.push(line) });
  const unreachable = connect("postgresql://nobody@127.0.0.1:1/none");
  const keys = new KeyRing(unreachable, "", () => undefined);
  const headers = new Headers({
    "content-type": "application/json",
    "x-tc-action": "DescribeSubAppIds",
    "x-tc-version": "2018-07-17",
    authorization: `TC3-HMAC-SHA256 Credential=AKID/2023-11-14/vod/tc3_request, SignedHeaders=content-type;host, Signature=${"0".repeat(64)}`,
  });
  const { signal } = new AbortController();
  const request = { method: "POST", path: "/", query: "", headers, readBody: async () => new Uint8Array(), signal };
  const { Response } = await dispatch(request, { ...api.services, keys, log });
  expect(Response).toEqual({
    Error: { Code: "InternalError", Message: "Something went wrong on the server." },
    RequestId: expect.stringMatching(UUID),
  });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { requestId: Response.RequestId, action: "DescribeSubAppIds", err: { stack: expect.any(String) } },
  ]);
});

test("a disabled key stops within a second or so, and its use is noted", async () => {
  const { db } = api.database;
  const key = await api.addKey(1);
  const client = api.clientWith(key);
  await client.DescribeSubAppIds({});
  await expect
    .poll(async () => (await db.apiKey.findUniqueOrThrow({ where: { id: key.secretId } })).lastUsedAt)
    .toBeInstanceOf(Date);
  await db.apiKey.update({ where: { id: key.secretId }, data: { enabled: false } });
  await expect
    .poll(() => client.DescribeSubAppIds({}).catch(({ code }) => code), { timeout: 2000 })
    .toBe("AuthFailure.SecretIdNotFound");
});

test("the first application makes others, which know themselves alone", async () => {
  const { SubAppId = 0 } = await api.client.CreateSubAppId({ Name: "Second", Description: "of two" });
  const other = api.clientWith(await api.addKey(SubAppId));
  expect(await other.DescribeSubAppIds({})).toMatchObject({
    TotalCount: 1,
    SubAppIdInfoSet: [{ SubAppId, SubAppIdName: "Second", Description: "of two", Status: "On" }],
  });
  expect((await api.client.DescribeSubAppIds({})).SubAppIdInfoSet?.map((one) => one.SubAppId)).toEqual([1, SubAppId]);
  await expect(other.CreateSubAppId({ Name: "Third" })).rejects.toMatchObject({ code: "UnauthorizedOperation" });
  await expect(other.DescribeSubAppIds({ SubAppId: 1 } as object)).rejects.toMatchObject({
    code: "InvalidParameterValue.SubAppId",
  });
});
