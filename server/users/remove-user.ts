import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { isLastAdmin, lockAdmins } from "./admins.ts";

/** Sessions go with the user. What the user uploaded or started stays, and names nobody any more. */
export async function removeUser(db: Db, applicationId: number, userId: string): Promise<Result<void, Failure>> {
  return db.$transaction(async (tx) => {
    await lockAdmins(tx);
    if (await isLastAdmin(tx, applicationId, userId)) return fail({ code: "LAST_ADMIN", detail: userId });
    const { count } = await tx.user.deleteMany({ where: { id: userId, applicationId } });
    return count === 1 ? ok(undefined) : fail({ code: "USER_NOT_FOUND", detail: userId });
  });
}
