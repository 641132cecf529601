/** One file per language and namespace: `<locale>/<namespace>.json`. */
export const NAMESPACES = ["common", "nav", "settings", "setup", "signIn", "states"] as const;
export type Namespace = (typeof NAMESPACES)[number];
