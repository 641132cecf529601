import { expect, test } from "vitest";
import { canonicalRequest, isSignedBy, parseTc3, sha256, type Tc3Request } from "./tc3.ts";

const KEY_ID = "AKIDLOCALEXAMPLE0000000000000000";
const SECRET = "localSecretKeyEXAMPLE00000000000";
const PROCESS = '{"FileId":"5285485487985271487","MediaProcessTask":{"TranscodeTaskSet":[{"Definition":100010}]}}';

interface Vector {
  service: string;
  host: string;
  body: string;
  bodyHash: string;
  canonical: string | null;
  signature: string;
  get?: string;
}

const VECTORS: Vector[] = [
  {
    service: "127",
    host: "127.0.0.1",
    body: PROCESS,
    bodyHash: "090065b03c15ba5e30eee0e10c303eed303ab68a4715b8741aad0fe6e1848638",
    canonical: "89dd00e06f10f0617e2252174fd992a25bd029bce7298e05825f1cbd13f37448",
    signature: "7df35fc5f9201b8ce8d69b2ba8908df44a3f029513ebb0ba3db6a093a867721c",
  },
  {
    service: "vod",
    host: "vod.tencentcloudapi.com",
    body: PROCESS,
    bodyHash: "090065b03c15ba5e30eee0e10c303eed303ab68a4715b8741aad0fe6e1848638",
    canonical: "02d0f20ac9ae122a2ab271b9a3ec4c5ba9b3ae64f405450593fa66daeaf9fcb6",
    signature: "02e7014e92889a2415d5aa1f46e1457b0013d6d53ba02195a083a14ff44addb8",
  },
  {
    service: "localhost:8080",
    host: "localhost",
    body: "{}",
    bodyHash: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    canonical: "c4c13647e62d6cb084d7aae94687a1bfa24a85f754d67966f0c7b1c0085e1222",
    signature: "0c67f6a341ae90c348a9cfa82ff0086fd1f03453fac1c98f84e4dd889edee013",
  },
  {
    service: "127",
    host: "127.0.0.1",
    body: "",
    bodyHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    canonical: null,
    signature: "4c08572880178b8383defc2dd7e51eb21fe2dc56d958d279f6384541cae9a7e8",
    get: "Definitions.0=10&Definitions.1=20&Limit=100&Type=Preset",
  },
];

function authorizationOf({ service, signature }: Pick<Vector, "service" | "signature">): string {
  return `TC3-HMAC-SHA256 Credential=${KEY_ID}/2023-11-14/${service}/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`;
}

function requestOf({ host, body, get }: Vector): Tc3Request {
  const contentType = get === undefined ? "application/json" : "application/x-www-form-urlencoded";
  return {
    method: get === undefined ? "POST" : "GET",
    path: "/",
    query: get ?? "",
    headers: new Headers({ "content-type": contentType }),
    body: Buffer.from(body),
    timestamp: "1700000000",
    hosts: [`${host}:8080`, host],
  };
}

test.each(VECTORS)("the vendor's client signs for $service as we verify", (vector) => {
  const request = requestOf(vector);
  expect(sha256(request.body)).toBe(vector.bodyHash);
  const authorization = parseTc3(authorizationOf(vector));
  if (authorization === null) throw new Error("not parsed");
  expect(authorization).toMatchObject({ keyId: KEY_ID, date: "2023-11-14", service: vector.service });
  if (vector.canonical !== null) {
    expect(sha256(canonicalRequest(authorization, request, vector.host, vector.bodyHash))).toBe(vector.canonical);
  }
  expect(isSignedBy(SECRET, authorization, request)).toBe(true);
});

test.each<[string, Partial<Tc3Request>]>([
  ["body", { body: Buffer.from(`${PROCESS} `) }],
  ["method", { method: "GET" }],
  ["path", { path: "/vod/" }],
  ["query", { query: "a=1" }],
  ["content type", { headers: new Headers({ "content-type": "application/json; charset=utf-8" }) }],
  ["time", { timestamp: "1700000001" }],
  ["host", { hosts: ["127.0.0.2"] }],
])("another %s is not what was signed", (_what, changed) => {
  const [vector] = VECTORS;
  const authorization = vector && parseTc3(authorizationOf(vector));
  if (!vector || !authorization) throw new Error("no vector");
  expect(isSignedBy(SECRET, authorization, { ...requestOf(vector), ...changed })).toBe(false);
  expect(isSignedBy(`${SECRET}!`, authorization, requestOf(vector))).toBe(false);
});

test("a client may sign more headers, in an order of its own", () => {
  const names = { signedHeaders: ["host", "x-tc-action", "content-type"] };
  const headers = new Headers({ "content-type": "application/json", "x-tc-action": " DescribeTasks " });
  expect(canonicalRequest(names, { method: "POST", path: "/", query: "", headers }, "h", "00")).toBe(
    "POST\n/\n\nhost:h\nx-tc-action:DescribeTasks\ncontent-type:application/json\n\nhost;x-tc-action;content-type\n00",
  );
});

test.each([
  ["SKIP"],
  [""],
  ["TC3-HMAC-SHA256 Credential=a/2023-11-14/vod/tc3_request, SignedHeaders=content-type;host"],
  [authorizationOf({ service: "vod", signature: "00" })],
  [authorizationOf({ service: "vod", signature: "0".repeat(64) }).replace(";host", "")],
  [authorizationOf({ service: "vod", signature: "0".repeat(64) }).replace("content-type;", "")],
])("%s is no authorization", (authorization) => {
  expect(parseTc3(authorization)).toBeNull();
});
