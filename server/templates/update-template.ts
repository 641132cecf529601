import type { Failure } from "#domain/error.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Template } from "#domain/template.ts";
import type { Db } from "../db/client.ts";
import { saveVersion, type VersionToSave } from "./save-version.ts";

export interface TemplateChange extends VersionToSave {
  /** Of the kind it always was. What is absent stays as it is. */
  template?: Template;
  name?: string;
  comment?: string;
}

/** Changes a custom template: what uses it uses the new version from now on. */
export function updateTemplate(
  db: Db,
  { template, name, comment, ...key }: TemplateChange,
): Promise<Result<{ version: number }, Failure>> {
  return saveVersion(db, key, async (_, current) =>
    ok({
      template: template ?? current.template,
      name: name ?? current.name,
      comment: comment ?? current.comment,
    }),
  );
}
