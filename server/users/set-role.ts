import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Role } from "../../prisma/generated/enums.ts";
import type { Db } from "../db/client.ts";
import { isLastAdmin, lockAdmins } from "./admins.ts";

export async function setRole(
  db: Db,
  applicationId: number,
  userId: string,
  role: Role,
): Promise<Result<void, Failure>> {
  return db.$transaction(async (tx) => {
    await lockAdmins(tx);
    if (role !== "admin" && (await isLastAdmin(tx, applicationId, userId))) {
      return fail({ code: "LAST_ADMIN", detail: userId });
    }
    const { count } = await tx.user.updateMany({ where: { id: userId, applicationId }, data: { role } });
    return count === 1 ? ok(undefined) : fail({ code: "USER_NOT_FOUND", detail: userId });
  });
}
