import { randomInt } from "node:crypto";
import type { Db } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { checkProcedure } from "../tasks/draft-subtasks.ts";
import { signUpload } from "../vod/signature/upload-signature.ts";
import { findKey, type KeyKeeper } from "./find-key.ts";
import { decryptSecret } from "./secret-cipher.ts";

export interface ClientUploadTerms {
  keyId: string;
  /** In any of its forms; empty for none. */
  procedure: string;
  oneTime: boolean;
  lifetimeSeconds: number;
}

/** What an application's server would sign with its key, for whoever wants to see it at work. The secret does not leave. */
export async function signClientUpload(
  db: Db,
  { applicationId, secretKey }: KeyKeeper,
  { keyId, procedure, oneTime, lifetimeSeconds }: ClientUploadTerms,
): Promise<Result<{ signature: string }, Failure>> {
  const known = await findKey(db, applicationId, keyId);
  if (known === null || !known.enabled) return fail({ code: "KEY_NOT_FOUND", detail: keyId });
  if (procedure !== "") {
    const checked = await checkProcedure(db, known.applicationId, procedure);
    if (!checked.ok) return checked;
  }
  const { secretCipher } = await db.apiKey.findUniqueOrThrow({ where: { id: keyId }, select: { secretCipher: true } });
  const secret = decryptSecret(secretKey, keyId, secretCipher);
  if (secret === null) return fail({ code: "KEY_NOT_FOUND", detail: keyId });
  const expireTime = Math.floor(Date.now() / 1000) + lifetimeSeconds;
  const terms = { secretId: keyId, expireTime, random: randomInt(0xffff_ffff), procedure };
  return ok({ signature: signUpload(secret, { ...terms, oneTimeValid: oneTime ? "1" : "0" }) });
}
