"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type OperationKind, STEP_KINDS } from "#domain/operations/operation.ts";
import { familyOf, TEMPLATE_KIND_OF } from "#domain/template.ts";
import type { SubtaskRow } from "#server/api/rows.ts";
import { routes } from "../../../_lib/routes.ts";

/** The template a subtask began with, and which version of it: what it says now may be something else. */
export function TemplateName({ template, kind }: { template: SubtaskRow["template"]; kind: OperationKind }) {
  const t = useTranslations("tasks");
  const step = STEP_KINDS.find((one) => one === kind);
  if (template === null || step === undefined) return <span className="text-faint">{t("noTemplate")}</span>;
  const { definition, name, version } = template;
  const query = version === null ? undefined : { tab: "versions", from: String(version) };
  return (
    <Link
      href={routes.template(familyOf(TEMPLATE_KIND_OF[step]), definition, query)}
      title={t("templateTitle", { definition })}
      className="hover:underline"
    >
      {name}
      <span className="ml-1.5 text-xs text-faint">#{definition}</span>
      {version !== null && <span className="ml-1.5 text-xs text-muted">{t("templateVersion", { version })}</span>}
    </Link>
  );
}
