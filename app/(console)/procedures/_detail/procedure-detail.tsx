"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ProcedureBody } from "#domain/procedure.ts";
import { luaOfSteps } from "#domain/procedure-lua.ts";
import type { ProcedureRow } from "#server/api/rows.ts";
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
import { DryRunPanel } from "../../_plan/dry-run-panel.tsx";
import { useStepName } from "../_components/use-step-name.ts";
import { GraphView } from "../_graph/graph-view.tsx";
import { draftsOf, jsonOf } from "../procedure-draft.ts";
import { ProcedureActions } from "./procedure-actions.tsx";
import { ProcedureVersions } from "./procedure-versions.tsx";
import { StepFacts } from "./step-facts.tsx";

/** As it is now, or, with `?version=2`, as it was then. */
export function ProcedureDetail({ name }: { name: string }) {
  const t = useTranslations("procedures");
  const [versionParam] = useUrlParam("version");
  const version = /^\d{1,9}$/u.test(versionParam) ? Number(versionParam) : undefined;
  const procedure = useQuery(useTRPC().procedures.get.queryOptions({ name, version }));
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
  return <Detail procedure={procedure.data} isOld={version !== undefined} />;
}

const TABS = ["steps", "graph", "json", "lua", "plan", "versions"] as const;
type TabName = (typeof TABS)[number];

function Detail({ procedure, isOld }: { procedure: ProcedureRow; isOld: boolean }) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const comment = useComment()(procedure);
  const mayRun = useMay("operator");
  const [tabParam, setTab] = useUrlParam("tab");
  const { name, preset, version, steps, lua } = procedure;
  const body: ProcedureBody = lua === null ? { steps } : { lua };
  const contents: Record<TabName, () => Tab<TabName>["content"]> = {
    steps: () => <Steps procedure={procedure} />,
    graph: () => <Graph procedure={procedure} />,
    json: () => <Text language="json" label={t("views.json")} text={jsonOf(body)} />,
    lua: () => <Text language="lua" label={t("views.lua")} text={lua ?? luaOfSteps(steps)} />,
    plan: () => (
      <DryRunPanel
        work={{ procedureName: name, ...(isOld && version !== null ? { procedureVersion: version } : {}) }}
      />
    ),
    versions: () => (version === null ? null : <ProcedureVersions name={name} />),
  };
  // A preset is code and has no history; a script has no steps to show before there is a media.
  const tabs = TABS.filter(
    (tab) =>
      (tab !== "versions" || version !== null) &&
      (tab !== "plan" || mayRun) &&
      (lua === null || (tab !== "steps" && tab !== "graph" && tab !== "json")),
  );
  const first = lua === null ? "steps" : "lua";
  const tab = tabs.find((each) => each === tabParam) ?? first;
  return (
    <>
      <PageHeader
        back={<BackLink href={routes.procedures()}>{t("title")}</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            {name}
            <Badge tone={preset ? "neutral" : "info"}>{preset ? common("preset") : common("custom")}</Badge>
            {lua !== null && <Badge>{t("isScript")}</Badge>}
            {version !== null && <Badge tone={isOld ? "warning" : undefined}>{t("version", { version })}</Badge>}
          </span>
        }
        text={comment || undefined}
        actions={
          isOld ? (
            <ButtonLink href={routes.procedure(name)}>{t("toCurrent")}</ButtonLink>
          ) : (
            <ProcedureActions procedure={procedure} />
          )
        }
      />
      <Tabs
        label={t("views.label")}
        value={tab}
        onChange={(next) => setTab(next === first ? "" : next)}
        tabs={tabs.map((value) => ({
          value,
          label: t(value === "steps" ? "steps" : `views.${value}`),
          count: value === "steps" ? steps.length : undefined,
          content: value === tab ? contents[value]() : null,
        }))}
      />
    </>
  );
}

function Steps({ procedure: { steps } }: { procedure: ProcedureRow }) {
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  return (
    <Card padding="flush" className="max-w-4xl">
      <ol className="divide-y divide-line">
        {steps.map((step, index) => (
          <StepFacts key={index} step={step} number={index + 1} templates={templates.data ?? []} />
        ))}
      </ol>
    </Card>
  );
}

function Graph({ procedure: { steps } }: { procedure: ProcedureRow }) {
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  return <GraphView steps={draftsOf(steps)} nameOf={useStepName(templates.data ?? [])} />;
}

function Text({ language, label, text }: { language: "json" | "lua"; label: string; text: string }) {
  return (
    <Card title={label} actions={<CopyText text={text} />}>
      <CodeEditor language={language} label={label} value={text} />
    </Card>
  );
}
