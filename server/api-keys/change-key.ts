import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { findKey } from "./find-key.ts";

/** Requests of a disabled key are refused within a second or two (key-ring.ts). What it has started goes on. */
export async function changeKey(
  db: Db,
  applicationId: number,
  id: string,
  change: { enabled: boolean },
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    if ((await findKey(tx, applicationId, id)) === null) return fail({ code: "KEY_NOT_FOUND", detail: id });
    await tx.apiKey.update({ where: { id }, data: change });
    return ok(undefined);
  });
}

export async function deleteKey(db: Db, applicationId: number, id: string): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    if ((await findKey(tx, applicationId, id)) === null) return fail({ code: "KEY_NOT_FOUND", detail: id });
    await tx.apiKey.delete({ where: { id } });
    return ok(undefined);
  });
}
