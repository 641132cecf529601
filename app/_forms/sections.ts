import type { FieldSection, FormField } from "#domain/form.ts";
import { valueAt } from "./draft.ts";

export interface SectionedFields {
  /** Always in sight. */
  plain: readonly FormField[];
  sections: readonly { name: FieldSection; fields: readonly FormField[] }[];
}

/** What few need stands in sections of its own. A form that would consist of one of them has none. */
export function sectionsOf(fields: readonly FormField[]): SectionedFields {
  const plain = fields.filter(({ section }) => section === null);
  const names = [...new Set(fields.flatMap(({ section }) => section ?? []))];
  if (plain.length === 0 && names.length <= 1) return { plain: fields, sections: [] };
  const sections = names.map((name) => ({ name, fields: fields.filter(({ section }) => section === name) }));
  return { plain, sections };
}

/** How many of these say something else than what is taken when nothing is said. */
export function changedIn(fields: readonly FormField[], value: unknown): number {
  return fields.filter((field) => {
    const here = valueAt(value, field.path);
    return here !== undefined && JSON.stringify(here) !== JSON.stringify(field.default);
  }).length;
}
