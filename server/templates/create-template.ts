import { CUSTOM_DEFINITION_MIN, familyOf, type Template, type TemplateFamily } from "#domain/template.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { lockTemplates } from "./lock-templates.ts";

export interface NewTemplate {
  applicationId: number;
  template: Template;
  name: string;
  comment: string;
  createdById: string | null;
}

export interface CreatedTemplate {
  family: TemplateFamily;
  definition: number;
}

export async function createTemplate(db: Db, template: NewTemplate): Promise<CreatedTemplate> {
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, template.applicationId);
    return insertTemplate(tx, template);
  });
}

/** Whoever calls it holds the lock of templates. */
export async function insertTemplate(
  tx: Tx,
  { applicationId, template, name, comment, createdById }: NewTemplate,
): Promise<CreatedTemplate> {
  const { kind, params } = template;
  const family = familyOf(kind);
  // Deleted ones count: a number someone noted down never comes to mean something else.
  const last = await tx.template.aggregate({ where: { applicationId, family }, _max: { definition: true } });
  const definition = Math.max(CUSTOM_DEFINITION_MIN, (last._max.definition ?? 0) + 1);
  const versions = { create: { version: 1, name, comment, params, createdById } };
  await tx.template.create({ data: { applicationId, name, comment, kind, family, definition, versions } });
  return { family, definition };
}
