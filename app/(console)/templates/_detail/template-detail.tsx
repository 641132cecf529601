"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { template as templateUnion } from "#domain/template.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import { SchemaFacts } from "../../../_forms/schema-facts.tsx";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { useComment } from "../../../_lib/use-comment.ts";
import { BackLink } from "../../../_ui/back-link.tsx";
import { Badge } from "../../../_ui/badge.tsx";
import { ButtonLink } from "../../../_ui/button.tsx";
import { Card } from "../../../_ui/card.tsx";
import { CodeEditor } from "../../../_ui/code-editor.tsx";
import { CopyText } from "../../../_ui/copy-text.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { type Tab, Tabs } from "../../../_ui/tabs.tsx";
import { CommandPreview } from "../_command/command-preview.tsx";
import { KindIcon } from "../_components/kind.tsx";
import { useTemplateDocument } from "../_components/use-export.ts";
import { PlacementStage } from "../_placement/placement-stage.tsx";
import { canTry, TryPanel } from "../_trial/try-panel.tsx";
import type { TemplateKey } from "../template-key.ts";
import { templateSchemaOf } from "../template-schema.ts";
import { useTemplateSummary } from "../use-template-summary.ts";
import { TemplateActions } from "./template-actions.tsx";
import { TemplateSide } from "./template-side.tsx";
import { TemplateVersions } from "./template-versions.tsx";

export function TemplateDetail({ of }: { of: TemplateKey }) {
  const t = useTranslations("templates");
  const template = useQuery(useTRPC().templates.get.queryOptions(of));
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

const TABS = ["parameters", "command", "try", "versions", "json"] as const;
type TabName = (typeof TABS)[number];

function Detail({ template }: { template: TemplateRow }) {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const comment = useComment()(template);
  const [tabParam, setTab] = useUrlParam("tab");
  const { kind, params, preset, version } = template;
  const contents: Record<TabName, () => Tab<TabName>["content"]> = {
    parameters: () => <Parameters template={template} />,
    command: () => <CommandPreview template={templateUnion.parse({ kind, params })} />,
    try: () => <TryPanel template={templateUnion.parse({ kind, params })} kind={kind} />,
    versions: () => (version === null ? null : <TemplateVersions template={template} current={version} />),
    json: () => <TemplateJson template={template} />,
  };
  // A preset is code: it has one state, and no history.
  const mayTry = useMay("operator") && canTry(kind);
  const tabs = TABS.filter((tab) => (tab !== "versions" || version !== null) && (tab !== "try" || mayTry));
  const tab = tabs.find((each) => each === tabParam) ?? "parameters";
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
        actions={<TemplateActions template={template} />}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Tabs
          label={t("tabs.label")}
          value={tab}
          onChange={(next) => setTab(next === "parameters" ? "" : next)}
          tabs={tabs.map((value) => ({
            value,
            label: t(`tabs.${value}`),
            count: value === "versions" ? (version ?? undefined) : undefined,
            content: value === tab ? contents[value]() : null,
          }))}
        />
        <TemplateSide template={template} />
      </div>
    </>
  );
}

function Parameters({ template }: { template: TemplateRow }) {
  const t = useTranslations("templates");
  const summaryOf = useTemplateSummary();
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {template.kind === "watermark" && (
        <Card title={t("placement.title")}>
          <PlacementStage params={template.params} />
        </Card>
      )}
      <Card title={t("parameters")} text={summaryOf(template)}>
        <SchemaFacts schema={templateSchemaOf(template.kind)} value={template.params} />
      </Card>
    </div>
  );
}

function TemplateJson({ template }: { template: TemplateRow }) {
  const t = useTranslations("templates");
  const text = useTemplateDocument()([template]);
  return (
    <Card title={t("tabs.json")} text={t("json.text")} actions={<CopyText text={text} />}>
      <CodeEditor language="json" label={t("tabs.json")} value={text} />
    </Card>
  );
}
