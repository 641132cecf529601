import type { Failure } from "#domain/error.ts";
import { presetProcedure } from "#domain/presets/procedures.ts";
import { reservedProcedure } from "#domain/presets/reserved.ts";
import type { Step } from "#domain/procedure.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { lockTemplates } from "../templates/lock-templates.ts";
import { checkSteps } from "./check-steps.ts";

export interface NewProcedure {
  applicationId: number;
  name: string;
  comment: string;
  steps: Step[];
  createdById: string | null;
}

export async function createProcedure(db: Db, procedure: NewProcedure): Promise<Result<void, Failure>> {
  const { applicationId, name, comment, steps, createdById } = procedure;
  if (presetProcedure(name) !== undefined) return fail({ code: "PROCEDURE_EXISTS", detail: name });
  const reserved = reservedProcedure(name);
  if (reserved !== undefined) return fail({ code: reserved, detail: name });
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const checked = await checkSteps(tx, applicationId, steps);
    if (!checked.ok) return checked;
    // The lock makes looking first enough; the unique index stands behind it.
    const taken = await tx.procedure.findFirst({ where: { applicationId, name, deletedAt: null } });
    if (taken !== null) return fail({ code: "PROCEDURE_EXISTS", detail: name });
    const versions = { create: { version: 1, body: { steps }, createdById } };
    await tx.procedure.create({ data: { applicationId, name, comment, versions } });
    return ok(undefined);
  });
}

/** `version` is the one that was edited. When another was saved since, this is refused: neither overwrites the other. */
export async function updateProcedure(
  db: Db,
  procedure: NewProcedure & { version: number },
): Promise<Result<{ version: number }, Failure>> {
  const { applicationId, name, comment, steps, createdById } = procedure;
  if (presetProcedure(name) !== undefined) return fail({ code: "PRESET_READ_ONLY", detail: name });
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const stored = await tx.procedure.findFirst({ where: { applicationId, name, deletedAt: null } });
    if (stored === null) return fail({ code: "PROCEDURE_NOT_FOUND", detail: name });
    if (stored.currentVersion !== procedure.version) {
      return fail({ code: "STATE_MOVED", detail: `${name}: version ${stored.currentVersion}` });
    }
    const checked = await checkSteps(tx, applicationId, steps);
    if (!checked.ok) return checked;
    const version = stored.currentVersion + 1;
    const versions = { create: { version, body: { steps }, createdById } };
    await tx.procedure.update({ where: { id: stored.id }, data: { comment, currentVersion: version, versions } });
    return ok({ version });
  });
}
