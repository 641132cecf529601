import type { Db } from "../db/client.ts";
import { deriveKey } from "../derive-key.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { unseal } from "../seal.ts";

/** The key itself, for a player that was let in. `applicationId`: only when it belongs to this one. */
export async function openContentKey(
  db: Db,
  secretKey: string,
  { id, applicationId }: { id: string; applicationId?: number },
): Promise<Result<Buffer<ArrayBuffer>, Failure>> {
  const output = applicationId === undefined ? undefined : { subtask: { task: { applicationId } } };
  const stored = await db.contentKey.findFirst({ where: { id, output }, select: { sealed: true } });
  if (stored === null) return fail({ code: "KEY_NOT_FOUND", detail: id });
  const key = unseal(deriveKey(secretKey, "content keys"), id, stored.sealed);
  return key === null
    ? fail({ code: "INTERNAL", detail: `Content key ${id} was sealed under another SECRET_KEY` })
    : ok(key);
}
