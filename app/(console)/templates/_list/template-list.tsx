"use client";
import { useQuery } from "@tanstack/react-query";
import { FileUp, LayoutTemplate, Plus, SearchX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { TemplateRow } from "#server/api/rows.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useComment } from "../../../_lib/use-comment.ts";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Select } from "../../../_ui/select.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { Tabs } from "../../../_ui/tabs.tsx";
import { SearchInput } from "../../../_ui/text-input.tsx";
import { DeleteTemplates } from "../_components/delete-templates.tsx";
import { useExport } from "../_components/use-export.ts";
import { ImportTemplates } from "../_import/import-templates.tsx";
import { filterTemplates, ORDERS, ORIGINS, sortTemplates } from "../filter-templates.ts";
import { keyText } from "../template-key.ts";
import { TemplateGroups } from "./template-groups.tsx";
import { TemplateRows } from "./template-rows.tsx";
import { type Selection, SelectionBar } from "./template-selection.tsx";
import { ALL_KINDS, KIND_TABS, type KindTab, useTemplateFilters } from "./use-template-filters.ts";

export function TemplateList() {
  const t = useTranslations("templates");
  const common = useTranslations("common");
  const kinds = useTranslations("kinds");
  const locale = useLocale();
  const mayEdit = useMay("operator");
  const commentOf = useComment();
  const exportTemplates = useExport();
  const filters = useTemplateFilters();
  const { kind, search, origin, order, filtering } = filters;
  const templates = useQuery(useTRPC().templates.list.queryOptions({}));
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<"import" | "delete" | null>(null);
  // All of them are here, a hundred or so: searching asks nobody.
  const found = sortTemplates(filterTemplates(templates.data ?? [], { search, origin, commentOf }), order, locale);
  const ofKind = (kind: KindTab) => found.filter((each) => kind === ALL_KINDS || each.kind === kind);
  const chosen = keys.flatMap((key) => templates.data?.find((one) => keyText(one) === key) ?? []);
  const selection: Selection = {
    keys,
    toggle: (key) => setKeys(keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]),
  };

  const content = (rows: readonly TemplateRow[]) => {
    if (templates.isPending) return <SkeletonRows />;
    if (templates.isError) return <LoadFailed error={templates.error} onRetry={() => void templates.refetch()} />;
    if (rows.length === 0) {
      return (
        <EmptyState
          icon={filtering ? <SearchX /> : <LayoutTemplate />}
          title={filtering ? common("noMatch") : t("empty")}
          actions={filtering && <Button onClick={filters.clear}>{common("clearFilters")}</Button>}
        />
      );
    }
    return order === "purpose" ? (
      <TemplateGroups templates={rows} searching={search !== ""} selection={selection} />
    ) : (
      <TemplateRows templates={rows} selection={selection} />
    );
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        text={t("text")}
        actions={
          mayEdit && (
            <>
              <Button icon={<FileUp />} onClick={() => setOpen("import")}>
                {t("import.action")}
              </Button>
              <ButtonLink
                variant="primary"
                icon={<Plus />}
                href={routes.newTemplate({ kind: kind === ALL_KINDS ? undefined : kind })}
              >
                {t("new")}
              </ButtonLink>
            </>
          )
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput value={search} onChange={filters.setSearch} label={t("search")} className="w-full max-w-sm" />
        <Segmented
          label={t("origin.label")}
          value={origin}
          onChange={filters.setOrigin}
          options={ORIGINS.map((value) => ({ value, label: t(`origin.${value}`) }))}
        />
        <Select
          label={t("order.label")}
          value={order}
          onChange={filters.setOrder}
          options={ORDERS.map((value) => ({ value, label: t(`order.${value}`) }))}
          className="w-44"
        />
      </div>
      <Tabs
        label={t("kind")}
        value={kind}
        onChange={filters.setKind}
        tabs={KIND_TABS.map((value) => {
          const rows = ofKind(value);
          return {
            value,
            label: value === ALL_KINDS ? common("all") : kinds(value),
            count: templates.isSuccess ? rows.length : undefined,
            content: value === kind ? content(rows) : null,
          };
        })}
      />
      <SelectionBar
        chosen={chosen}
        onClear={() => setKeys([])}
        onExport={() => exportTemplates(chosen)}
        onDelete={mayEdit ? () => setOpen("delete") : undefined}
      />
      {open === "delete" && (
        <DeleteTemplates
          templates={chosen}
          onClose={() => setOpen(null)}
          onDeleted={() => {
            setKeys([]);
            setOpen(null);
          }}
        />
      )}
      {open === "import" && <ImportTemplates onClose={() => setOpen(null)} />}
    </>
  );
}
