import type { TemplateRow } from "#server/api/rows.ts";

/** By a part of the name, the beginning of the number, or a part of the comment; a user's own come first. */
export function filterTemplates(templates: readonly TemplateRow[], search: string): TemplateRow[] {
  const text = search.trim().toLowerCase();
  const found = templates.filter(
    ({ name, comment, definition, preset }) =>
      name.toLowerCase().includes(text) ||
      String(definition).startsWith(text) ||
      (!preset && comment.toLowerCase().includes(text)),
  );
  return [...found.filter(({ preset }) => !preset), ...found.filter(({ preset }) => preset)];
}
