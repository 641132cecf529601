import type { Failure } from "#domain/error.ts";
import type { FieldError } from "#domain/form.ts";
import { referencePlacesOf } from "#domain/references.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { type PortableTemplate, readTemplateDocument } from "#domain/template-document.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { readReferred } from "../tasks/read-referred.ts";
import { type CreatedTemplate, insertTemplate } from "./create-template.ts";
import { listTemplates } from "./list-templates.ts";
import { lockTemplates } from "./lock-templates.ts";

export interface ImportPreview {
  templates: ImportedTemplate[];
  /** Paths begin at the document. With any, nothing is imported. */
  faults: FieldError[];
}

export interface ImportedTemplate {
  /** Its place in the document. */
  index: number;
  template: PortableTemplate;
  /** Templates that are called the same already: they stay as they are, beside the new one. */
  namesakes: CreatedTemplate[];
}

/** What importing would make, and what is wrong with it. Nothing is written. */
export async function previewImport(db: Db, applicationId: number, text: string): Promise<ImportPreview> {
  const { templates, faults } = readTemplateDocument(text);
  const stored = templates.length === 0 ? [] : await listTemplates(db, applicationId, {});
  const missing = await missingReferences(db, applicationId, templates);
  return {
    faults: [...faults, ...missing],
    templates: templates.map(({ index, template }) => ({
      index,
      template,
      namesakes: stored
        .filter(({ name }) => name === template.name)
        .map(({ family, definition }) => ({ family, definition })),
    })),
  };
}

/** All of a document's templates become new ones, or none does. */
export async function importTemplates(
  db: Db,
  { applicationId, createdById, text }: { applicationId: number; createdById: string | null; text: string },
): Promise<Result<CreatedTemplate[], Failure>> {
  const { templates, faults } = readTemplateDocument(text);
  const [fault] = [...faults, ...(await missingReferences(db, applicationId, templates))];
  if (fault !== undefined)
    return fail({ code: "TEMPLATE_DOCUMENT_INVALID", detail: `${fault.path}: ${fault.message}` });
  return inTransaction(db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const created: CreatedTemplate[] = [];
    for (const { template } of templates) {
      const { name, comment } = template;
      created.push(await insertTemplate(tx, { applicationId, createdById, template, name, comment }));
    }
    return ok(created);
  });
}

/** Media and files of another installation, or application, are not here. */
async function missingReferences(
  tx: Tx,
  applicationId: number,
  templates: readonly { index: number; template: PortableTemplate }[],
): Promise<FieldError[]> {
  const there = await readReferred(tx, applicationId, templates);
  return templates.flatMap(({ index, template }) =>
    referencePlacesOf(template.params)
      .filter(({ of, id }) => !there.some((file) => file.of === of && file.id === id))
      .map(({ path, of }) => ({ path: `templates.${index}.params.${path}`, message: `${of}Missing`, values: {} })),
  );
}
