/** Whether a notification is one of ours, and if not, why: for whoever writes a receiver and sees it refuse everything. */
import { timingSafeEqual } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import type { Db } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { signWith } from "../vod/events/envelope.ts";
import { secretsOf } from "./attempt-delivery.ts";
import type { EndpointSecrets } from "./endpoint-secrets.ts";

export const signatureInput = z.strictObject({
  body: z.string().min(1).max(1_000_000),
  headers: z.strictObject({ id: z.string().max(200), timestamp: z.string().max(20), signature: z.string().max(2_000) }),
  with: z.discriminatedUnion("by", [
    z.strictObject({ by: z.literal("endpoint"), endpointId: z.string().max(64) }),
    /** `whsec_…`, a sign key, or both; neither is kept. */
    z.strictObject({ by: z.literal("entered"), secret: z.string().max(200), signKey: z.string().max(32) }),
  ]),
});
export type SignatureInput = z.output<typeof signatureInput>;

/** `unknown`: no secret to check it with. `absent`: nothing there to check. */
export const SIGNATURE_VERDICTS = ["valid", "expired", "wrong", "malformed", "absent", "unknown"] as const;
export type SignatureVerdict = (typeof SIGNATURE_VERDICTS)[number];

export interface SignatureCheck {
  /** `webhook-signature` over the whole body. */
  headers: SignatureVerdict;
  /** `Sign` and `T` in the body. */
  sign: SignatureVerdict;
}

/** Receivers should refuse what is older, as it may have been heard by others and sent again. */
const TOLERANCE_SECONDS = 300;

export async function checkSignature(
  { db, secrets }: { db: Db; secrets: EndpointSecrets },
  applicationId: number,
  input: SignatureInput,
  now: Date = new Date(),
): Promise<Result<SignatureCheck, Failure>> {
  const keys = await keysOf({ db, secrets }, applicationId, input.with, now);
  if (!keys.ok) return keys;
  return ok({
    headers: checkHeaders(keys.value.secrets, input, now),
    sign: checkSign(keys.value.signKey, input.body, now),
  });
}

interface Keys {
  secrets: readonly string[];
  signKey: string | null;
}

async function keysOf(
  { db, secrets }: { db: Db; secrets: EndpointSecrets },
  applicationId: number,
  given: SignatureInput["with"],
  now: Date,
): Promise<Result<Keys, Failure>> {
  if (given.by === "entered") {
    return ok({ secrets: given.secret === "" ? [] : [given.secret], signKey: given.signKey || null });
  }
  const endpoint = await db.endpoint.findFirst({ where: { id: given.endpointId, applicationId, deletedAt: null } });
  if (endpoint === null) return fail({ code: "ENDPOINT_NOT_FOUND", detail: given.endpointId });
  const { id, signKey, previousSecretUntil } = endpoint;
  const previousSecret = previousSecretUntil !== null && previousSecretUntil > now ? endpoint.previousSecret : null;
  return ok({
    secrets: secretsOf(secrets, { ...endpoint, previousSecret }),
    signKey: signKey === null ? null : secrets.open(id, "sign key", signKey),
  });
}

function checkHeaders(secrets: readonly string[], { body, headers }: SignatureInput, now: Date): SignatureVerdict {
  const { id, timestamp, signature } = headers;
  if (signature.trim() === "") return "absent";
  const given = signature.trim().split(/\s+/);
  if (!/^\d+$/.test(timestamp.trim()) || id.trim() === "" || !given.some((one) => one.startsWith("v1,")))
    return "malformed";
  if (secrets.length === 0) return "unknown";
  const at = new Date(Number(timestamp) * 1000);
  const expected = secrets.flatMap((secret) => signatureBy(secret, id.trim(), at, body) ?? []);
  if (expected.length === 0) return "malformed";
  if (!expected.some((one) => given.some((other) => same(one, other)))) return "wrong";
  return Math.abs(now.getTime() - at.getTime()) > TOLERANCE_SECONDS * 1000 ? "expired" : "valid";
}

/** Null when it is no secret: not base64, or of a date that is none. */
function signatureBy(secret: string, id: string, at: Date, body: string): string | null {
  try {
    return new Webhook(secret.trim()).sign(id, at, body);
  } catch {
    // The library only says that it cannot use it.
    return null;
  }
}

const signed = z.object({ Sign: z.string().optional(), T: z.int().optional() });

function checkSign(signKey: string | null, body: string, now: Date): SignatureVerdict {
  const parsed = signed.safeParse(jsonOf(body));
  if (!parsed.success) return "malformed";
  const { Sign, T } = parsed.data;
  if (Sign === undefined && T === undefined) return "absent";
  if (Sign === undefined || T === undefined) return "malformed";
  if (signKey === null) return "unknown";
  if (!same(signWith(signKey, { T }).Sign, Sign.toLowerCase())) return "wrong";
  return T * 1000 < now.getTime() ? "expired" : "valid";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
