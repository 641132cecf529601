/** One file per language and namespace: `<locale>/<namespace>.json`. */
export const NAMESPACES = ["common", "nav", "states"] as const;
export type Namespace = (typeof NAMESPACES)[number];
