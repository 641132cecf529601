import type { Failure } from "#domain/error.ts";
import { presetProcedure } from "#domain/presets/procedures.ts";
import { reservedProcedure } from "#domain/presets/reserved.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Tx } from "../db/client.ts";
import { asListed } from "./list-procedures.ts";
import { type ListedProcedure, parseProcedureRow, withCurrentVersion } from "./procedure-row.ts";

/** As it is now, or as an older version of it was. A preset has no versions. */
export async function findProcedure(
  tx: Tx,
  applicationId: number,
  name: string,
  version?: number,
): Promise<Result<ListedProcedure, Failure>> {
  const preset = presetProcedure(name);
  if (preset !== undefined) return ok(asListed(preset));
  const reserved = reservedProcedure(name);
  if (reserved !== undefined) return fail({ code: reserved, detail: name });
  const where = { applicationId, name, deletedAt: null };
  const versions = version === undefined ? withCurrentVersion.versions : { where: { version } };
  const row = await tx.procedure.findFirst({ where, include: { versions } });
  if (row === null) return fail({ code: "PROCEDURE_NOT_FOUND", detail: name });
  return row.versions.length === 0
    ? fail({ code: "PROCEDURE_NOT_FOUND", detail: `${name}: version ${version}` })
    : ok({ ...parseProcedureRow(row), ...(version === undefined ? {} : { version }) });
}
