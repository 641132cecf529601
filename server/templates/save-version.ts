import type { Failure } from "#domain/error.ts";
import { presetTemplate } from "#domain/presets/templates.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Template, TemplateFamily } from "#domain/template.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { lockTemplates } from "./lock-templates.ts";
import { parseTemplateRow, type TemplateWithVersion, withCurrentVersion } from "./template-row.ts";
import { brokenProcedure } from "./template-users.ts";

export interface TemplateKey {
  applicationId: number;
  family: TemplateFamily;
  definition: number;
}

export interface VersionToSave extends TemplateKey {
  /** The version that was edited. When another was saved since, the change is refused. Null: whichever it is now. */
  version: number | null;
  savedById: string | null;
}

/** All that a version is. */
export interface VersionContent {
  template: Template;
  name: string;
  comment: string;
}

/**
 * The only writer of versions after the first. Saves what `next` makes of the current one, unless that is the same: tasks
 * keep the version they began with, and history is never rewritten.
 */
export async function saveVersion(
  db: Db,
  { applicationId, family, definition, version, savedById }: VersionToSave,
  next: (
    tx: Tx,
    current: VersionContent & { templateId: number },
  ) => Promise<Result<VersionContent & { restoredVersion?: number }, Failure>>,
): Promise<Result<{ version: number }, Failure>> {
  const title = `${family} ${definition}`;
  if (presetTemplate(family, definition) !== undefined) return fail({ code: "PRESET_READ_ONLY", detail: title });
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const row = await tx.template.findFirst({
      where: { applicationId, family, definition, deletedAt: null },
      include: withCurrentVersion,
    });
    if (row === null) return fail({ code: "TEMPLATE_NOT_FOUND", detail: title });
    if (version !== null && row.currentVersion !== version) {
      return fail({ code: "STATE_MOVED", detail: `${title}: version ${row.currentVersion}` });
    }
    const current = contentOf(row);
    const saved = await next(tx, { ...current, templateId: row.id });
    if (!saved.ok) return saved;
    const { template, name, comment, restoredVersion } = saved.value;
    // Whoever names it by number says what kind of work it is for.
    if (template.kind !== row.kind) return fail({ code: "INVALID_PARAMETER", detail: "kind" });
    if (isSame(current, saved.value)) return ok({ version: row.currentVersion });
    const broken = await brokenProcedure(tx, applicationId, { family, definition }, template);
    if (broken !== null) return fail({ code: "TEMPLATE_BREAKS_PROCEDURE", detail: broken });
    const currentVersion = row.currentVersion + 1;
    const { params } = template;
    const versions = {
      create: { version: currentVersion, name, comment, params, restoredVersion, createdById: savedById },
    };
    await tx.template.update({ where: { id: row.id }, data: { name, comment, currentVersion, versions } });
    return ok({ version: currentVersion });
  });
}

function contentOf(row: TemplateWithVersion): VersionContent {
  const { name, comment } = row;
  return { template: parseTemplateRow(row), name, comment };
}

/** Parsed by one schema, equal parameters are written alike. */
function isSame(a: VersionContent, b: VersionContent): boolean {
  const textOf = ({ template, name, comment }: VersionContent) => JSON.stringify([template.params, name, comment]);
  return textOf(a) === textOf(b);
}
