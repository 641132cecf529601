import type { Failure } from "#domain/error.ts";
import { PRESET_TEMPLATES, presetTemplate } from "#domain/presets/templates.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { StoredTemplate, TemplateFamily, TemplateKind } from "#domain/template.ts";
import type { Db } from "../db/client.ts";
import { type ListedTemplate, parseTemplateRow, withCurrentVersion } from "./template-row.ts";

/** Presets first, then custom ones, the newest first. `search` looks into names, and at the number's first digits. */
export async function listTemplates(
  db: Db,
  applicationId: number,
  filter: { kinds?: readonly TemplateKind[]; search?: string },
): Promise<ListedTemplate[]> {
  const rows = await db.template.findMany({
    where: { applicationId, deletedAt: null },
    include: withCurrentVersion,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const all = [...PRESET_TEMPLATES.map(asListed), ...rows.map(parseTemplateRow)];
  const search = filter.search?.toLowerCase() ?? "";
  return all.filter(
    (one) =>
      (filter.kinds === undefined || filter.kinds.length === 0 || filter.kinds.includes(one.kind)) &&
      (one.name.toLowerCase().includes(search) || String(one.definition).startsWith(search)),
  );
}

export async function getTemplate(
  db: Db,
  applicationId: number,
  family: TemplateFamily,
  definition: number,
): Promise<Result<ListedTemplate, Failure>> {
  const preset = presetTemplate(family, definition);
  if (preset !== undefined) return ok(asListed(preset));
  const row = await db.template.findFirst({
    where: { applicationId, family, definition, deletedAt: null },
    include: withCurrentVersion,
  });
  if (row === null) return fail({ code: "TEMPLATE_NOT_FOUND", detail: `${family} ${definition}` });
  return ok(parseTemplateRow(row));
}

function asListed(preset: StoredTemplate): ListedTemplate {
  return { ...preset, createdAt: null, updatedAt: null };
}
