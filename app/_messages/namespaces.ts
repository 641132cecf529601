/** One file per language and namespace: `<locale>/<namespace>.json`. */
export const NAMESPACES = [
  "common",
  "fields",
  "kinds",
  "nav",
  "presets",
  "settings",
  "setup",
  "signIn",
  "states",
  "units",
  "validation",
  "values",
] as const;
export type Namespace = (typeof NAMESPACES)[number];
