/** One file per language and namespace: `<locale>/<namespace>.json`. */
export const NAMESPACES = [
  "common",
  "edit",
  "errors",
  "fields",
  "kinds",
  "media",
  "nav",
  "pipelines",
  "presets",
  "procedures",
  "settings",
  "setup",
  "signIn",
  "states",
  "tasks",
  "templates",
  "units",
  "upload",
  "validation",
  "values",
] as const;
export type Namespace = (typeof NAMESPACES)[number];
