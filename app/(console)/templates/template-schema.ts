import type { z } from "zod";
import { fieldsOf } from "#domain/form.ts";
import { type TemplateKind, template } from "#domain/template.ts";

const SCHEMAS = new Map<TemplateKind, z.ZodObject>(
  template.options.map(({ shape }) => [shape.kind.value, shape.params]),
);

/** The parameters of a kind of template, for the forms, which draw any schema. */
export function templateSchemaOf(kind: TemplateKind): z.ZodObject {
  const schema = SCHEMAS.get(kind);
  if (schema === undefined) throw new Error(`No template schema for ${kind}.`);
  return schema;
}

/** What a form begins with. Not every kind is complete when nothing is said. */
export function newParamsOf(kind: TemplateKind): Record<string, unknown> {
  return Object.fromEntries(fieldsOf(templateSchemaOf(kind)).map((field) => [field.name, field.default]));
}
