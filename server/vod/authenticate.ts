/** Whose request it is: key, clock, signature, in this order. */
import type { OpenKey } from "../api-keys/key-ring.ts";
import { ok, type Result } from "../domain/result.ts";
import type { VodServices } from "./context.ts";
import { fromFlat, fromJson, type Parameters } from "./parameters.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { hostsOf, type VodRequest } from "./request.ts";
import { isSignedBy, parseTc3 } from "./signature/tc3.ts";
import { isSignedByV1 } from "./signature/v1.ts";

const CLOCK_SECONDS_MAX = 300;
const BODY_BYTES_MAX = 10 * 1024 ** 2;

type Authenticators = Pick<VodServices, "keys" | "env">;

export async function authenticateTc3(
  request: VodRequest,
  { keys, env }: Authenticators,
): Promise<Result<{ key: OpenKey; parameters: Parameters }, Refusal>> {
  const { headers, method } = request;
  const contentType = headers.get("content-type") ?? "";
  const expected = method === "POST" ? /^application\/json\b/i : /^(application\/(x-www-form-urlencoded|json)\b|$)/i;
  if (!expected.test(contentType)) {
    return refuse("UnsupportedProtocol", "Parameters come as `application/json` with POST, or in the query with GET.");
  }
  const authorization = parseTc3(headers.get("authorization") ?? "");
  if (authorization === null) {
    return refuse("AuthFailure.SignatureFailure", "The `Authorization` header is missing or not as TC3 has it.");
  }
  const timestamp = headers.get("x-tc-timestamp") ?? "";
  const key = await findCurrent(keys, authorization.keyId, timestamp, headers.get("x-tc-token"));
  if (!key.ok) return key;
  const body = method === "POST" ? await request.readBody(BODY_BYTES_MAX) : new Uint8Array();
  if (body === null) return refuse("RequestSizeLimitExceeded", "The request body is larger than 10 MB.");
  const { path, query } = request;
  const signed = { method, path, query, headers, body, timestamp, hosts: hostsOf(request, env.PUBLIC_URL) };
  const ofItsDate = new Date(Number(timestamp) * 1000).toISOString().startsWith(authorization.date);
  if (!ofItsDate || !isSignedBy(key.value.secret, authorization, signed)) return doesNotMatch();
  const parameters = method === "POST" ? fromJson(body) : fromFlat(new URLSearchParams(query));
  return parameters.ok ? ok({ key: key.value, parameters: parameters.value }) : parameters;
}

export async function authenticateV1(
  request: VodRequest,
  parameters: ReadonlyMap<string, string>,
  { keys, env }: Authenticators,
): Promise<Result<OpenKey, Refusal>> {
  const { method, path } = request;
  const [keyId, timestamp] = [parameters.get("SecretId"), parameters.get("Timestamp") ?? ""];
  if (keyId === undefined || !parameters.has("Signature")) {
    return refuse("AuthFailure.SignatureFailure", "The request is not signed.");
  }
  const key = await findCurrent(keys, keyId, timestamp, parameters.get("Token") ?? null);
  if (!key.ok) return key;
  const signed = { method, path, parameters, hosts: hostsOf(request, env.PUBLIC_URL) };
  return isSignedByV1(key.value.secret, signed) ? key : doesNotMatch();
}

async function findCurrent(
  keys: Authenticators["keys"],
  keyId: string,
  timestamp: string,
  token: string | null,
): Promise<Result<OpenKey, Refusal>> {
  const key = await keys.find(keyId);
  // A temporary key is good for one upload, and knows no actions.
  if (token !== null && token !== "") return refuse("AuthFailure.TokenFailure", "Temporary keys call no actions.");
  if (key === null) return refuse("AuthFailure.SecretIdNotFound", "There is no such key, or it is disabled.");
  const isCurrent =
    /^\d{1,12}$/.test(timestamp) && Math.abs(Date.now() / 1000 - Number(timestamp)) <= CLOCK_SECONDS_MAX;
  return isCurrent
    ? ok(key)
    : refuse(
        "AuthFailure.SignatureExpire",
        "The time of the request differs from the server's by more than 5 minutes.",
      );
}

function doesNotMatch(): Result<never, Refusal> {
  return refuse("AuthFailure.SignatureFailure", "The signature does not match the request and the secret of the key.");
}
