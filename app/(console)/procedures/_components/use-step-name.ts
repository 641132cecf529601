"use client";
import { useTranslations } from "next-intl";
import type { StepKind } from "#domain/operations/operation.ts";
import { familyOf, TEMPLATE_KIND_OF } from "#domain/template.ts";
import type { TemplateRow } from "#server/api/rows.ts";

/** A step is called what its template is called. */
export function useStepName(
  templates: readonly TemplateRow[],
): (step: { operation: StepKind; template: number }) => string {
  const t = useTranslations("procedures");
  return ({ operation, template: definition }) => {
    const family = familyOf(TEMPLATE_KIND_OF[operation]);
    const found = templates.find((each) => each.family === family && each.definition === definition);
    return found?.name ?? t("templateGone", { definition });
  };
}
