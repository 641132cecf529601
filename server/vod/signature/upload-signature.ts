/**
 * Leave for one user to send one file: an application's server signs it, hands it to a browser or an app, and never shows its
 * secret. `base64(HMAC-SHA1(secret, text) + text)`, where the text is a query string of terms.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { PRIORITY_MAX, PRIORITY_MIN } from "#domain/task.ts";
import { fail, ok, type Result } from "../../domain/result.ts";

const MAC_BYTES = 20;
const SIGNATURE_CHARACTERS_MAX = 16_384;
const LIFETIME_SECONDS_MAX = 90 * 24 * 3600;
/** Clocks differ. */
const LEEWAY_SECONDS = 300;

const seconds = z.coerce.number().int().min(0).max(1e11);

const signedTerms = z.object({
  secretId: z.string().min(1).max(128),
  currentTimeStamp: seconds,
  expireTime: seconds,
  random: z.coerce.number().int().min(0).max(0xffff_ffff),
  classId: z.coerce.number().int().min(0).default(0),
  /** In any of its forms. */
  procedure: z.string().default(""),
  taskPriority: z.coerce.number().int().min(PRIORITY_MIN).max(PRIORITY_MAX).default(0),
  taskNotifyMode: z.enum(["Finish", "Change", "None"]).default("Finish"),
  sourceContext: z.string().max(250).default(""),
  oneTimeValid: z.enum(["0", "1"]).default("0"),
  vodSubAppId: z.coerce.number().int().optional(),
  sessionContext: z.string().max(1000).default(""),
  storageRegion: z.string().max(40).default(""),
});
export type SignedTerms = z.output<typeof signedTerms>;

export type SignatureFault = "malformed" | "unknownKey" | "wrong" | "expired" | "tooLong";

export interface OpenSignature<Key> {
  terms: SignedTerms;
  key: Key;
  /** Hexadecimal: what tells this signature from all others. */
  mac: string;
}

/** The text is checked as it came, byte for byte: clients encode it in different ways. */
export async function openUploadSignature<Key extends { secret: string }>(
  signature: string,
  findKey: (secretId: string) => Promise<Key | null>,
  now: Date = new Date(),
): Promise<Result<OpenSignature<Key>, SignatureFault>> {
  if (signature.length > SIGNATURE_CHARACTERS_MAX) return fail("malformed");
  const bytes = Buffer.from(signature, "base64");
  const [mac, text] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
  const parsed = signedTerms.safeParse(Object.fromEntries(new URLSearchParams(text.toString("utf8"))));
  if (!parsed.success) return fail("malformed");
  const { secretId, currentTimeStamp, expireTime } = parsed.data;
  const key = await findKey(secretId);
  if (key === null) return fail("unknownKey");
  const expected = createHmac("sha1", key.secret).update(text).digest();
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return fail("wrong");
  const nowSeconds = now.getTime() / 1000;
  if (expireTime < nowSeconds || currentTimeStamp > nowSeconds + LEEWAY_SECONDS) return fail("expired");
  if (expireTime - currentTimeStamp > LIFETIME_SECONDS_MAX) return fail("tooLong");
  return ok({ terms: parsed.data, key, mac: mac.toString("hex") });
}

export type TermsToSign = Pick<SignedTerms, "secretId" | "expireTime" | "random"> &
  Partial<z.input<typeof signedTerms>>;

/** As an application's server does it. */
export function signUpload(secret: string, terms: TermsToSign, now: Date = new Date()): string {
  const said = { currentTimeStamp: Math.floor(now.getTime() / 1000), ...terms };
  const entries = Object.entries(said).filter(([, value]) => value !== undefined && value !== "");
  const text = Buffer.from(new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString());
  return Buffer.concat([createHmac("sha1", secret).update(text).digest(), text]).toString("base64");
}
