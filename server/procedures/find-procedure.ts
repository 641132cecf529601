import type { Failure } from "#domain/error.ts";
import { presetProcedure } from "#domain/presets/procedures.ts";
import { reservedProcedure } from "#domain/presets/reserved.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Tx } from "../db/client.ts";
import { asListed } from "./list-procedures.ts";
import { type ListedProcedure, parseProcedureRow, withCurrentVersion } from "./procedure-row.ts";

export async function findProcedure(
  tx: Tx,
  applicationId: number,
  name: string,
): Promise<Result<ListedProcedure, Failure>> {
  const preset = presetProcedure(name);
  if (preset !== undefined) return ok(asListed(preset));
  const reserved = reservedProcedure(name);
  if (reserved !== undefined) return fail({ code: reserved, detail: name });
  const where = { applicationId, name, deletedAt: null };
  const row = await tx.procedure.findFirst({ where, include: withCurrentVersion });
  return row === null ? fail({ code: "PROCEDURE_NOT_FOUND", detail: name }) : ok(parseProcedureRow(row));
}
