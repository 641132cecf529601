import type { TemplateRow } from "#server/api/rows.ts";

/** Presets that callers name and people seldom choose: their groups begin closed. */
const FOR_CALLERS = ["legacyRendition", "legacyRemux", "fittedRendition"];

export interface TemplateGroup {
  /** The comment its presets share; null: a user's own. */
  comment: string | null;
  templates: readonly TemplateRow[];
  beginsOpen: boolean;
}

/** In the order they come in: a user's own together, presets by what they are for. */
export function groupTemplates(templates: readonly TemplateRow[]): TemplateGroup[] {
  const groups = Map.groupBy(templates, ({ preset, comment }) => (preset ? comment : null));
  return [...groups].map(([comment, templates]) => ({
    comment,
    templates,
    beginsOpen: comment === null || !FOR_CALLERS.includes(comment),
  }));
}
