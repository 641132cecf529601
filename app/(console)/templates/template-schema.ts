import type { z } from "zod";
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
