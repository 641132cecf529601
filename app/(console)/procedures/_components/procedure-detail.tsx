"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useParamsOf } from "#domain/operations/operation.ts";
import { familyOf, TEMPLATE_KIND_OF } from "#domain/template.ts";
import type { ProcedureRow, TemplateRow } from "#server/api/rows.ts";
import { SchemaFacts } from "../../../_forms/schema-facts.tsx";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useComment } from "../../../_lib/use-comment.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { Badge } from "../../../_ui/badge.tsx";
import { ButtonLink } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { KindIcon } from "../../templates/_components/kind.tsx";
import { useTemplateSummary } from "../../templates/use-template-summary.ts";
import { ProcedureActions } from "./procedure-actions.tsx";

export function ProcedureDetail({ name }: { name: string }) {
  const t = useTranslations("procedures");
  const procedure = useQuery(useTRPC().procedures.get.queryOptions({ name }));
  if (procedure.isPending) return <SkeletonRows count={4} />;
  if (procedure.isError) {
    return (
      <LoadFailed
        error={procedure.error}
        onRetry={() => void procedure.refetch()}
        back={<ButtonLink href={routes.procedures()}>{t("backToList")}</ButtonLink>}
      />
    );
  }
  return <Detail procedure={procedure.data} />;
}

function Detail({ procedure }: { procedure: ProcedureRow }) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const comment = useComment()(procedure);
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  const { name, preset, version, steps } = procedure;
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.procedures()}>{t("title")}</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            {name}
            <Badge tone={preset ? "neutral" : "info"}>{preset ? common("preset") : common("custom")}</Badge>
            {version !== null && <Badge>{t("version", { version })}</Badge>}
          </span>
        }
        text={comment || undefined}
        actions={<ProcedureActions procedure={procedure} />}
      />
      <Card title={t("steps")} text={t("stepCount", { count: steps.length })} padding="flush" className="max-w-4xl">
        <ol className="divide-y divide-line">
          {steps.map((step, index) => (
            <StepFacts key={index} step={step} number={index + 1} templates={templates.data ?? []} />
          ))}
        </ol>
      </Card>
    </>
  );
}

interface StepFactsProps {
  step: ProcedureRow["steps"][number];
  number: number;
  templates: readonly TemplateRow[];
}

function StepFacts({ step, number, templates }: StepFactsProps) {
  const t = useTranslations("procedures");
  const kinds = useTranslations("kinds");
  const summaryOf = useTemplateSummary();
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
        {!usual && (
          <div className="mt-2.5 rounded-md bg-sunken/60 px-3 py-2.5">
            <SchemaFacts schema={useSchema} value={step.use} />
          </div>
        )}
        {Object.keys(step.override).length > 0 && (
          <p className="mt-2 text-xs text-muted">
            {t("overridden")}: <code className="font-mono">{JSON.stringify(step.override)}</code>
          </p>
        )}
      </div>
    </li>
  );
}
