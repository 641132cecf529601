import type { Failure } from "#domain/error.ts";
import { presetProcedure } from "#domain/presets/procedures.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";

/** Its versions stay, so that a task of the past can still say what it ran; the name is free again. */
export async function deleteProcedure(db: Db, applicationId: number, name: string): Promise<Result<void, Failure>> {
  if (presetProcedure(name) !== undefined) return fail({ code: "PRESET_READ_ONLY", detail: name });
  const { count } = await db.procedure.updateMany({
    where: { applicationId, name, deletedAt: null },
    data: { deletedAt: new Date() },
  });
  return count === 1 ? ok(undefined) : fail({ code: "PROCEDURE_NOT_FOUND", detail: name });
}
