import { presetTemplate } from "#domain/presets/templates.ts";
import { type Step, type TemplateKey, templatesOf } from "#domain/procedure.ts";
import type { StoredTemplate, TemplateFamily } from "#domain/template.ts";
import type { Tx } from "../db/client.ts";
import { type ListedTemplate, parseTemplateRow, withCurrentVersion } from "./template-row.ts";

/** Answers a function, because expanding steps is pure and asks as it goes: presets, and these custom ones of the application. */
export async function findTemplates(
  tx: Tx,
  applicationId: number,
  keys: readonly TemplateKey[],
): Promise<(family: TemplateFamily, definition: number) => ListedTemplate | StoredTemplate | undefined> {
  const custom = keys.filter(({ family, definition }) => presetTemplate(family, definition) === undefined);
  const found = custom.length === 0 ? [] : await findCustom(tx, applicationId, custom);
  return (family, definition) =>
    presetTemplate(family, definition) ?? found.find((one) => one.family === family && one.definition === definition);
}

/** The templates these steps name, as `expandSteps` asks for them. */
export function findTemplatesOf(tx: Tx, applicationId: number, steps: readonly Step[]) {
  return findTemplates(tx, applicationId, steps.flatMap(templatesOf));
}

async function findCustom(tx: Tx, applicationId: number, keys: TemplateKey[]): Promise<ListedTemplate[]> {
  const rows = await tx.template.findMany({
    where: { applicationId, deletedAt: null, OR: keys.map(({ family, definition }) => ({ family, definition })) },
    include: withCurrentVersion,
  });
  return rows.map(parseTemplateRow);
}
