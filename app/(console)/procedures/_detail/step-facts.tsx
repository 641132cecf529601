"use client";
import { Filter } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { fieldsOf } from "#domain/form.ts";
import { useParamsOf } from "#domain/operations/operation.ts";
import { overridden } from "#domain/procedure.ts";
import { familyOf, TEMPLATE_KIND_OF } from "#domain/template.ts";
import type { ProcedureRow, TemplateRow } from "#server/api/rows.ts";
import { diffParams } from "../../../_forms/diff-params.ts";
import { ParamChanges } from "../../../_forms/param-changes.tsx";
import { SchemaFacts } from "../../../_forms/schema-facts.tsx";
import { routes } from "../../../_lib/routes.ts";
import { KindIcon } from "../../templates/_components/kind.tsx";
import { templateSchemaOf } from "../../templates/template-schema.ts";
import { useTemplateSummary } from "../../templates/use-template-summary.ts";
import { useConditionWords } from "../_components/use-condition-words.ts";

interface StepFactsProps {
  step: ProcedureRow["steps"][number];
  number: number;
  templates: readonly TemplateRow[];
}

export function StepFacts({ step, number, templates }: StepFactsProps) {
  const t = useTranslations("procedures");
  const kinds = useTranslations("kinds");
  const summaryOf = useTemplateSummary();
  const wordsOf = useConditionWords();
  const family = familyOf(TEMPLATE_KIND_OF[step.operation]);
  const template = templates.find((each) => each.family === family && each.definition === step.template);
  const useSchema = useParamsOf(step.operation);
  const usual = JSON.stringify(useSchema.parse({})) === JSON.stringify(step.use);
  return (
    <li className="flex gap-3 px-4 py-3">
      <span className="w-5 pt-px text-right text-xs text-faint" aria-hidden>
        {number}
      </span>
      <KindIcon kind={step.operation} className="mt-0.5 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-ui">
          {step.templateName === null ? (
            <span className="text-danger-text">{t("templateGone", { definition: step.template })}</span>
          ) : (
            <Link href={routes.template(family, step.template)} className="font-medium hover:underline">
              {step.templateName}
            </Link>
          )}
          <span className="ml-2 text-xs text-faint">{kinds(step.operation)}</span>
        </p>
        <p className="text-xs text-muted">{template !== undefined && summaryOf(template)}</p>
        {step.when.length > 0 && (
          <p className="mt-1 flex items-start gap-1 text-xs text-warning-text">
            <Filter className="mt-0.5 size-3 shrink-0" aria-hidden />
            {t("when.only", { conditions: wordsOf(step.when) })}
          </p>
        )}
        {!usual && (
          <div className="mt-2.5 rounded-md bg-sunken/60 px-3 py-2.5">
            <SchemaFacts schema={useSchema} value={step.use} />
          </div>
        )}
        {template !== undefined && Object.keys(step.override).length > 0 && (
          <div className="mt-2.5">
            <Overridden template={template} override={step.override} />
          </div>
        )}
      </div>
    </li>
  );
}

function Overridden({
  template: { kind, params },
  override,
}: {
  template: TemplateRow;
  override: ProcedureRow["steps"][number]["override"];
}) {
  const t = useTranslations("procedures.override");
  if (kind === "watermark" || kind === "head-tail") return null;
  const changes = diffParams(fieldsOf(templateSchemaOf(kind)), { ...params }, overridden(kind, params, override));
  return <ParamChanges before={t("template")} after={t("here")} changes={changes} caption={t("changes")} />;
}
