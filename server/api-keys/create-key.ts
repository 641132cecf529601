import { listApplications } from "../applications/list-applications.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { findKey, type KeyKeeper } from "./find-key.ts";
import { type KeyPair, newKeyPair } from "./key-pair.ts";
import { encryptSecret } from "./secret-cipher.ts";

interface NewKey {
  name: string;
  /** For which the key is good, and for no other. */
  applicationId: number;
}

/** The secret is told this once. */
export async function createKey(
  db: Db,
  keeper: KeyKeeper & { createdById: string },
  { name, applicationId }: NewKey,
): Promise<Result<KeyPair, Failure>> {
  const known = await listApplications(db, keeper.applicationId);
  if (known.every(({ id }) => id !== applicationId)) {
    return fail({ code: "INVALID_PARAMETER", detail: `applicationId: ${applicationId}` });
  }
  return ok(await insertKey(db, keeper, { name, applicationId, replacesId: null }));
}

/** A second key for the same: both are good until the first is disabled, so clients can change over one by one. */
export async function rotateKey(
  db: Db,
  keeper: KeyKeeper & { createdById: string },
  id: string,
): Promise<Result<KeyPair, Failure>> {
  return inTransaction(db, async (tx) => {
    const key = await findKey(tx, keeper.applicationId, id);
    if (key === null) return fail({ code: "KEY_NOT_FOUND", detail: id });
    if (key.replacedBy !== null) return fail({ code: "API_KEY_REPLACED", detail: key.replacedBy.id });
    const { name, applicationId } = key;
    return ok(await insertKey(tx, keeper, { name, applicationId, replacesId: id }));
  });
}

async function insertKey(
  tx: Tx,
  { secretKey, createdById }: KeyKeeper & { createdById: string },
  key: NewKey & { replacesId: string | null },
): Promise<KeyPair> {
  const { id, secret } = newKeyPair();
  await tx.apiKey.create({ data: { id, ...key, createdById, secretCipher: encryptSecret(secretKey, id, secret) } });
  return { id, secret };
}
