import { CUSTOM_DEFINITION_MIN, familyOf, type Template, type TemplateFamily } from "#domain/template.ts";
import type { Db } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { lockTemplates } from "./lock-templates.ts";

export interface NewTemplate {
  applicationId: number;
  template: Template;
  name: string;
  comment: string;
  createdById: string | null;
}

export async function createTemplate(
  db: Db,
  { template, createdById, ...columns }: NewTemplate,
): Promise<{ family: TemplateFamily; definition: number }> {
  const { applicationId } = columns;
  const family = familyOf(template.kind);
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    // Deleted ones count: a number someone noted down never comes to mean something else.
    const last = await tx.template.aggregate({ where: { applicationId, family }, _max: { definition: true } });
    const definition = Math.max(CUSTOM_DEFINITION_MIN, (last._max.definition ?? 0) + 1);
    const versions = { create: { version: 1, params: template.params, createdById } };
    await tx.template.create({ data: { ...columns, kind: template.kind, family, definition, versions } });
    return { family, definition };
  });
}
