export const COLUMNS = [
  "toggle",
  "id",
  "state",
  "media",
  "procedure",
  "subtasks",
  "progress",
  "priority",
  "startedBy",
  "created",
  "ended",
  "actions",
] as const;
export type Column = (typeof COLUMNS)[number];

/**
 * What a narrower table leaves out, least wanted first; a task's own page has it all. The breakpoints are widths of the
 * table, not of the window, because the sidebar takes its share.
 */
export const HIDDEN_BELOW: Partial<Record<Column, string>> = {
  priority: "@max-6xl:hidden",
  startedBy: "@max-6xl:hidden",
  ended: "@max-5xl:hidden",
  procedure: "@max-4xl:hidden",
};
