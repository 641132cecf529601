import type { TemplateRow } from "#server/api/rows.ts";

export const ORIGINS = ["all", "own", "presets"] as const;
export type Origin = (typeof ORIGINS)[number];

/** `purpose`: in groups, by what they are for. */
export const ORDERS = ["purpose", "name", "number", "changed"] as const;
export type Order = (typeof ORDERS)[number];

/** By a part of the name, the beginning of the number, or a part of the comment; a user's own come first. */
export function filterTemplates(
  templates: readonly TemplateRow[],
  { search, origin, commentOf }: { search: string; origin: Origin; commentOf: (template: TemplateRow) => string },
): TemplateRow[] {
  const text = search.trim().toLowerCase();
  const found = templates.filter(
    (template) =>
      (origin === "all" || template.preset === (origin === "presets")) &&
      (template.name.toLowerCase().includes(text) ||
        String(template.definition).startsWith(text) ||
        commentOf(template).toLowerCase().includes(text)),
  );
  return [...found.filter(({ preset }) => !preset), ...found.filter(({ preset }) => preset)];
}

/** Presets never change, so they come after everything that did. */
export function sortTemplates(templates: readonly TemplateRow[], order: Order, locale: string): TemplateRow[] {
  switch (order) {
    case "purpose":
      return [...templates];
    case "name": {
      const { compare } = new Intl.Collator(locale, { numeric: true });
      return templates.toSorted((a, b) => compare(a.name, b.name));
    }
    case "number":
      return templates.toSorted((a, b) => a.definition - b.definition);
    case "changed":
      return templates.toSorted((a, b) => (b.updatedAt?.getTime() ?? 0) - (a.updatedAt?.getTime() ?? 0));
  }
}
