import { PRESET_PROCEDURES } from "#domain/presets/procedures.ts";
import type { Tx } from "../db/client.ts";
import { type ListedProcedure, parseProcedureRow, withCurrentVersion } from "./procedure-row.ts";

/** Presets first, then custom ones, the newest first. */
export async function listProcedures(tx: Tx, applicationId: number): Promise<ListedProcedure[]> {
  return [...PRESET_PROCEDURES.map(asListed), ...(await listCustomProcedures(tx, applicationId))];
}

export async function listCustomProcedures(tx: Tx, applicationId: number): Promise<ListedProcedure[]> {
  const rows = await tx.procedure.findMany({
    where: { applicationId, deletedAt: null },
    include: withCurrentVersion,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(parseProcedureRow);
}

export function asListed({ name, comment, steps }: (typeof PRESET_PROCEDURES)[number]): ListedProcedure {
  return { name, comment, preset: true, version: null, body: { steps }, createdAt: null, updatedAt: null };
}
