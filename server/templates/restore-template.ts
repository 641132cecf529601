import type { Failure } from "#domain/error.ts";
import { fieldErrorsOf } from "#domain/form.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { template } from "#domain/template.ts";
import type { Db } from "../db/client.ts";
import { saveVersion, type VersionToSave } from "./save-version.ts";

/** Takes an older version up again, as a new one. */
export function restoreTemplate(
  db: Db,
  { restoredVersion, ...key }: VersionToSave & { restoredVersion: number },
): Promise<Result<{ version: number }, Failure>> {
  return saveVersion(db, key, async (tx, { templateId, template: { kind } }) => {
    const where = { templateId_version: { templateId, version: restoredVersion } };
    const old = await tx.templateVersion.findUnique({ where });
    if (old === null) {
      return fail({
        code: "TEMPLATE_NOT_FOUND",
        detail: `${key.family} ${key.definition}: version ${restoredVersion}`,
      });
    }
    const parsed = template.safeParse({ kind, params: old.params });
    // Saved by a release that knew other parameters.
    if (!parsed.success) return fail({ code: "INVALID_PARAMETER", detail: fieldErrorsOf(parsed.error)[0]?.path ?? "" });
    return ok({ template: parsed.data, name: old.name, comment: old.comment, restoredVersion });
  });
}
