"use client";
import { useTranslations } from "next-intl";
import type { SubtaskRow } from "#server/api/rows.ts";

export function TemplateName({ template }: { template: SubtaskRow["template"] }) {
  const t = useTranslations("tasks");
  if (template === null) return <span className="text-faint">{t("noTemplate")}</span>;
  return (
    <span title={t("templateTitle", { definition: template.definition })}>
      {template.name}
      <span className="ml-1.5 text-xs text-faint">#{template.definition}</span>
    </span>
  );
}
