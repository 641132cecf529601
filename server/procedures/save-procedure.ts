import type { Failure } from "#domain/error.ts";
import { presetProcedure } from "#domain/presets/procedures.ts";
import { reservedProcedure } from "#domain/presets/reserved.ts";
import { type ProcedureBody, procedureBody } from "#domain/procedure.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { lockTemplates } from "../templates/lock-templates.ts";
import { checkBody } from "./check-body.ts";

interface ProcedureKey {
  applicationId: number;
  name: string;
  createdById: string | null;
}

interface Content {
  comment: string;
  body: ProcedureBody;
}

export type NewProcedure = ProcedureKey & Content;

export async function createProcedure(db: Db, procedure: NewProcedure): Promise<Result<void, Failure>> {
  const { applicationId, name, comment, body, createdById } = procedure;
  if (presetProcedure(name) !== undefined) return fail({ code: "PROCEDURE_EXISTS", detail: name });
  const reserved = reservedProcedure(name);
  if (reserved !== undefined) return fail({ code: reserved, detail: name });
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const checked = await checkBody(tx, applicationId, body);
    if (!checked.ok) return checked;
    // The lock makes looking first enough; the unique index stands behind it.
    const taken = await tx.procedure.findFirst({ where: { applicationId, name, deletedAt: null } });
    if (taken !== null) return fail({ code: "PROCEDURE_EXISTS", detail: name });
    const versions = { create: { version: 1, body, comment, createdById } };
    await tx.procedure.create({ data: { applicationId, name, comment, versions } });
    return ok(undefined);
  });
}

/** `version` is the one that was edited. When another was saved since, this is refused: neither overwrites the other. */
export function updateProcedure(
  db: Db,
  { comment, body, ...key }: NewProcedure & { version: number },
): Promise<Result<{ version: number }, Failure>> {
  return saveVersion(db, key, async () => ok({ comment, body }));
}

/** Takes an older version up again, as a new one. */
export function restoreProcedure(
  db: Db,
  { restoredVersion, ...key }: ProcedureKey & { version: number; restoredVersion: number },
): Promise<Result<{ version: number }, Failure>> {
  return saveVersion(db, key, async (tx, procedureId) => {
    const where = { procedureId_version: { procedureId, version: restoredVersion } };
    const old = await tx.procedureVersion.findUnique({ where });
    if (old === null) return fail({ code: "PROCEDURE_NOT_FOUND", detail: `${key.name}: version ${restoredVersion}` });
    return ok({ comment: old.comment, body: procedureBody.parse(old.body), restoredVersion });
  });
}

/** The only writer of versions after the first: tasks keep the version they began with, and history is never rewritten. */
async function saveVersion(
  db: Db,
  { applicationId, name, createdById, version: edited }: ProcedureKey & { version: number },
  next: (tx: Tx, procedureId: number) => Promise<Result<Content & { restoredVersion?: number }, Failure>>,
): Promise<Result<{ version: number }, Failure>> {
  if (presetProcedure(name) !== undefined) return fail({ code: "PRESET_READ_ONLY", detail: name });
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const stored = await tx.procedure.findFirst({ where: { applicationId, name, deletedAt: null } });
    if (stored === null) return fail({ code: "PROCEDURE_NOT_FOUND", detail: name });
    if (stored.currentVersion !== edited) {
      return fail({ code: "STATE_MOVED", detail: `${name}: version ${stored.currentVersion}` });
    }
    const content = await next(tx, stored.id);
    if (!content.ok) return content;
    const { comment, body, restoredVersion } = content.value;
    const checked = await checkBody(tx, applicationId, body);
    if (!checked.ok) return checked;
    const version = stored.currentVersion + 1;
    const versions = { create: { version, body, comment, restoredVersion, createdById } };
    await tx.procedure.update({ where: { id: stored.id }, data: { comment, currentVersion: version, versions } });
    return ok({ version });
  });
}
