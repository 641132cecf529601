"use client";
import { useQuery } from "@tanstack/react-query";
import { LayoutTemplate, Plus, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { TEMPLATE_KINDS } from "#domain/template.ts";
import type { TemplateRow } from "#server/api/rows.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { Tabs } from "../../../_ui/tabs.tsx";
import { SearchInput } from "../../../_ui/text-input.tsx";
import { filterTemplates } from "../filter-templates.ts";
import { TemplateGroups } from "./template-groups.tsx";

const ALL = "all";
const TABS = [ALL, ...TEMPLATE_KINDS] as const;

export function TemplateList() {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const mayEdit = useMay("operator");
  const [kindParam, setKind] = useUrlParam("kind");
  const [search, setSearch] = useUrlParam("search");
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  const kind = TABS.find((each) => each === kindParam) ?? ALL;
  // All of them are here, a hundred or so: searching asks nobody.
  const found = filterTemplates(templates.data ?? [], search);
  const ofKind = (kind: (typeof TABS)[number]) => found.filter((each) => kind === ALL || each.kind === kind);

  const content = (rows: readonly TemplateRow[]) => {
    if (templates.isPending) return <SkeletonRows />;
    if (templates.isError) return <LoadFailed error={templates.error} onRetry={() => void templates.refetch()} />;
    if (rows.length > 0) return <TemplateGroups templates={rows} searching={search !== ""} />;
    return (
      <EmptyState
        icon={search === "" ? <LayoutTemplate /> : <SearchX />}
        title={search === "" ? t("empty") : common("noMatch")}
        actions={search !== "" && <Button onClick={() => setSearch("")}>{common("clearFilters")}</Button>}
      />
    );
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        text={t("text")}
        actions={
          mayEdit && (
            <ButtonLink
              variant="primary"
              icon={<Plus />}
              href={routes.newTemplate({ kind: kind === ALL ? undefined : kind })}
            >
              {t("new")}
            </ButtonLink>
          )
        }
      />
      <SearchInput value={search} onChange={setSearch} label={t("search")} className="mb-3 max-w-sm" />
      <Tabs
        label={t("kind")}
        value={kind}
        onChange={(next) => setKind(next === ALL ? "" : next)}
        tabs={TABS.map((value) => {
          const rows = ofKind(value);
          return {
            value,
            label: value === ALL ? common("all") : kinds(value),
            count: templates.isSuccess ? rows.length : undefined,
            content: content(rows),
          };
        })}
      />
    </>
  );
}
