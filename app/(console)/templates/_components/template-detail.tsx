"use client";
import { useQuery } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { templatesOf } from "#domain/procedure.ts";
import type { TemplateFamily } from "#domain/template.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import { SchemaFacts } from "../../../_forms/schema-facts.tsx";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useComment } from "../../../_lib/use-comment.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { Badge } from "../../../_ui/badge.tsx";
import { ButtonLink } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { FactList } from "../../../_ui/fact-list.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { PlacementStage } from "../_placement/placement-stage.tsx";
import { templateSchemaOf } from "../template-schema.ts";
import { useTemplateSummary } from "../use-template-summary.ts";
import { DeleteTemplate } from "./delete-template.tsx";
import { KindIcon } from "./kind.tsx";

export function TemplateDetail({ family, definition }: { family: TemplateFamily; definition: number }) {
  const t = useTranslations("templates");
  const template = useQuery(useTRPC().templates.get.queryOptions({ family, definition }));
  if (template.isPending) return <SkeletonRows count={4} />;
  if (template.isError) {
    return (
      <LoadFailed
        error={template.error}
        onRetry={() => void template.refetch()}
        back={<ButtonLink href={routes.templates()}>{t("backToList")}</ButtonLink>}
      />
    );
  }
  return <Detail template={template.data} />;
}

function Detail({ template }: { template: TemplateRow }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const summaryOf = useTemplateSummary();
  const comment = useComment()(template);
  const mayEdit = useMay("operator");
  const { kind, family, definition, preset, createdAt } = template;
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.templates()}>{t("title")}</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            {template.name}
            <Badge icon={<KindIcon kind={kind} />}>{kinds(kind)}</Badge>
            <Badge tone={preset ? "neutral" : "info"}>{preset ? common("preset") : common("custom")}</Badge>
          </span>
        }
        text={comment || undefined}
        actions={
          mayEdit && (
            <>
              <ButtonLink icon={<Copy />} href={routes.newTemplate({ from: `${family}-${definition}` })}>
                {common("duplicate")}
              </ButtonLink>
              {!preset && <DeleteTemplate template={template} />}
            </>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {template.kind === "watermark" && (
            <Card title={t("placement.title")}>
              <PlacementStage params={template.params} />
            </Card>
          )}
          <Card title={t("parameters")} text={summaryOf(template)}>
            <SchemaFacts schema={templateSchemaOf(kind)} value={template.params} />
          </Card>
        </div>
        <div className="flex flex-col gap-4">
          <Card title={common("details")}>
            <FactList
              facts={[
                { label: t("definition"), value: <CopyId id={String(definition)} length="full" /> },
                ...(createdAt === null ? [] : [{ label: common("created"), value: <RelativeTime date={createdAt} /> }]),
              ]}
            />
          </Card>
          <Uses family={family} definition={definition} />
        </div>
      </div>
    </>
  );
}

/** The procedures that name it: what deleting it would break. */
function Uses({ family, definition }: { family: TemplateFamily; definition: number }) {
  const t = useTranslations("templates");
  const procedures = useQuery(useTRPC().procedures.list.queryOptions());
  const users = procedures.data?.filter(({ steps }) =>
    steps.flatMap(templatesOf).some((one) => one.family === family && one.definition === definition),
  );
  return (
    <Card title={t("usedBy")}>
      {users === undefined || users.length === 0 ? (
        <p className="text-ui text-muted">{users === undefined ? "…" : t("usedByNone")}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {users.map(({ name }) => (
            <li key={name}>
              <Link href={routes.procedure(name)} className="text-ui font-medium text-accent-text hover:underline">
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
