import { fieldsOf } from "#domain/form.ts";
import type { TemplateKind } from "#domain/template.ts";
import { diffParams, type ParamChange } from "../../_forms/diff-params.ts";
import type { Draft } from "../../_forms/draft.ts";
import { templateSchemaOf } from "./template-schema.ts";

export interface TemplateContent {
  name: string;
  comment: string;
  params: Draft;
}

export interface TemplateChanges {
  params: readonly ParamChange[];
  /** Of what every template has. */
  words: readonly { field: "name" | "comment"; before: string; after: string }[];
}

/** What two templates of a kind, or two versions of one, say differently. */
export function templateChanges(kind: TemplateKind, before: TemplateContent, after: TemplateContent): TemplateChanges {
  const words = (["name", "comment"] as const).map((field) => ({ field, before: before[field], after: after[field] }));
  return {
    params: diffParams(fieldsOf(templateSchemaOf(kind)), before.params, after.params),
    words: words.filter((word) => word.before !== word.after),
  };
}
