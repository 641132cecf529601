"use client";
import { useTranslations } from "next-intl";
import type { ReferenceAction } from "#server/api/rows.ts";

const OF_TEMPLATES = /^(?<verb>Create|Modify|Delete|Describe)(?<kind>\w+?)Templates?$/u;
const VERBS = { Create: "create", Modify: "modify", Delete: "delete", Describe: "describe" } as const;

/** What an action does, in a line. Those of templates are alike for every kind. */
export function useActionSummary(): (action: Pick<ReferenceAction, "name">) => string {
  const t = useTranslations("reference.summaries");
  const templates = useTranslations("reference.ofTemplates");
  return ({ name }) => {
    if (t.has(name)) return t(name);
    const { verb, kind = "" } = OF_TEMPLATES.exec(name)?.groups ?? {};
    const known = Object.entries(VERBS).find(([word]) => word === verb)?.[1];
    return known === undefined ? "" : templates(known, { kind });
  };
}
