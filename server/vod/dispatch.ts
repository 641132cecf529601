/**
 * From a request to the members of `Response`. Nothing of a request is believed before its signature is checked, and as
 * little as possible is read: who it claims to be and when comes before its body.
 */
import type { OpenKey } from "../api-keys/key-ring.ts";
import type { Failure } from "../domain/error.ts";
import { ok, type Result } from "../domain/result.ts";
import { type Action, type Answer, VERSIONS } from "./action.ts";
import { findAction } from "./actions.ts";
import { authenticateTc3, authenticateV1 } from "./authenticate.ts";
import type { VodServices } from "./context.ts";
import { messageOf, vendorCodeOf } from "./error-codes.ts";
import { fromFlat, type Parameters } from "./parameters.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { VodRequest } from "./request.ts";
import type { VendorCode } from "./vendor-codes.ts";

const QUERY_BYTES_MAX = 32 * 1024;
const FORM_BYTES_MAX = 1024 ** 2;

export interface VodResponse {
  Response: Answer & { RequestId: string };
}

/** Never throws: what goes wrong is an answer, too, and an unexpected error is logged with the id that the caller sees. */
export async function dispatch(request: VodRequest, services: VodServices): Promise<VodResponse> {
  const requestId = crypto.randomUUID();
  try {
    const answer = await answerTo(request, services, requestId);
    return { Response: { ...answer, RequestId: requestId } };
  } catch (error) {
    services.log.error({ err: error, requestId, action: request.headers.get("x-tc-action") }, "API request failed");
    return { Response: { ...errorAnswer("InternalError", messageOf(INTERNAL)), RequestId: requestId } };
  }
}

const INTERNAL: Failure = { code: "INTERNAL", detail: "" };

function errorAnswer(code: VendorCode, message: string): Answer {
  return { Error: { Code: code, Message: message } };
}

/** A request whose sender is known. */
interface Genuine {
  action: Action;
  key: OpenKey;
  parameters: Parameters;
}

async function answerTo(request: VodRequest, services: VodServices, requestId: string): Promise<Answer> {
  const genuine = await authenticate(request, services);
  if (!genuine.ok) return errorAnswer(genuine.failure.refusal, genuine.failure.message);
  const { action, key, parameters } = genuine.value;
  services.keys.used(key.id);
  const { applicationId, id: keyId } = key;
  const elsewhere = refuseOtherApplication(parameters, applicationId);
  if (elsewhere !== null) return errorAnswer(elsewhere.refusal, elsewhere.message);
  const { keys: _, ...rest } = services;
  const signal = AbortSignal.any([request.signal, services.stopping]);
  const answered = await action.run({ ...rest, applicationId, keyId, requestId, signal }, parameters);
  if (answered.ok) return answered.value;
  const { failure } = answered;
  if ("refusal" in failure) return errorAnswer(failure.refusal, failure.message);
  const code = action.codes[failure.code] ?? vendorCodeOf(failure.code);
  if (code === "InternalError") services.log.error({ failure, requestId, action: action.name }, "API request failed");
  return errorAnswer(code, messageOf(failure));
}

async function authenticate(request: VodRequest, services: VodServices): Promise<Result<Genuine, Refusal>> {
  const { method, headers, query } = request;
  if (method !== "GET" && method !== "POST") {
    return refuse("UnsupportedProtocol", "Only GET and POST are supported.");
  }
  if (query.length > QUERY_BYTES_MAX) return refuse("RequestSizeLimitExceeded", "The query is larger than 32 KB.");
  if (headers.has("x-tc-action")) {
    const action = chooseAction(headers.get("x-tc-action"), headers.get("x-tc-version"));
    if (!action.ok) return action;
    const authenticated = await authenticateTc3(request, services);
    return authenticated.ok ? ok({ action: action.value, ...authenticated.value }) : authenticated;
  }
  return authenticateFlat(request, services);
}

/** Without headers of its own, a request says everything in its query or form; that is how the older signatures travel. */
async function authenticateFlat(request: VodRequest, services: VodServices): Promise<Result<Genuine, Refusal>> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get("content-type") ?? "");
  const body = request.method === "POST" && isForm ? await request.readBody(FORM_BYTES_MAX) : new Uint8Array();
  if (body === null) return refuse("RequestSizeLimitExceeded", "The form is larger than 1 MB.");
  const text = request.method === "GET" ? request.query : Buffer.from(body).toString("utf8");
  const flat = new Map(new URLSearchParams(text));
  const action = chooseAction(flat.get("Action") ?? null, flat.get("Version") ?? null);
  if (!action.ok) return action;
  const key = await authenticateV1(request, flat, services);
  if (!key.ok) return key;
  const parameters = fromFlat(flat);
  return parameters.ok ? ok({ action: action.value, key: key.value, parameters: parameters.value }) : parameters;
}

function chooseAction(name: string | null, version: string | null): Result<Action, Refusal> {
  if (name === null) return refuse("InvalidAction", "The request names no action: `X-TC-Action` is missing.");
  const products = (["vod", "mps"] as const).filter((product) => findAction(product, name) !== undefined);
  if (products.length === 0) return refuse("InvalidAction", `The action \`${name.slice(0, 100)}\` does not exist.`);
  const product = (["vod", "mps"] as const).find((one) => VERSIONS[one] === version);
  if (product === undefined)
    return refuse("NoSuchVersion", `The version \`${version?.slice(0, 100)}\` does not exist.`);
  const action = findAction(product, name);
  return action === undefined
    ? refuse("InvalidAction", `The action \`${name}\` does not exist in version ${version}.`)
    : ok(action);
}

/** A key is made for one application. Another's id answers as one that does not exist. */
function refuseOtherApplication({ values }: Parameters, applicationId: number): Refusal | null {
  const { SubAppId: given } = values;
  if (given === undefined || given === applicationId || given === String(applicationId)) return null;
  return { refusal: "InvalidParameterValue.SubAppId", message: "There is no application of this `SubAppId`." };
}
