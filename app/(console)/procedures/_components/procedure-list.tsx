"use client";
import { useQuery } from "@tanstack/react-query";
import { FileCode2, Plus, SearchX, Workflow } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ProcedureRow } from "#server/api/rows.ts";
import { LoadFailed } from "../../../_lib/load-failed.tsx";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useUrlParam } from "../../../_lib/url-param.ts";
import { useComment } from "../../../_lib/use-comment.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import { PageHeader } from "../../../_ui/page-header.tsx";
import { SkeletonRows } from "../../../_ui/skeleton-rows.tsx";
import { SearchInput } from "../../../_ui/text-input.tsx";
import { RunProcedure } from "./run-procedure.tsx";
import { StepChips } from "./step-chips.tsx";

export function ProcedureList() {
  const t = useTranslations("procedures");
  const mayEdit = useMay("operator");
  const [search, setSearch] = useUrlParam("search");
  const procedures = useQuery(useTRPC().procedures.list.queryOptions());
  return (
    <>
      <PageHeader
        title={t("title")}
        text={t("text")}
        actions={
          mayEdit && (
            <>
              <ButtonLink icon={<FileCode2 />} href={routes.newProcedure({ as: "script" })}>
                {t("newScript")}
              </ButtonLink>
              <ButtonLink variant="primary" icon={<Plus />} href={routes.newProcedure()}>
                {t("new")}
              </ButtonLink>
            </>
          )
        }
      />
      <SearchInput value={search} onChange={setSearch} label={t("search")} className="mb-4 max-w-sm" />
      {procedures.isPending && <SkeletonRows />}
      {procedures.isError && <LoadFailed error={procedures.error} onRetry={() => void procedures.refetch()} />}
      {procedures.isSuccess && (
        <Rows procedures={found(procedures.data, search)} search={search} onClear={() => setSearch("")} />
      )}
    </>
  );
}

/** A user's own come first: presets are many and known. */
function found(procedures: readonly ProcedureRow[], search: string): ProcedureRow[] {
  const text = search.trim().toLowerCase();
  const matching = procedures.filter(
    ({ name, comment, preset }) =>
      name.toLowerCase().includes(text) || (!preset && comment.toLowerCase().includes(text)),
  );
  return [...matching.filter(({ preset }) => !preset), ...matching.filter(({ preset }) => preset)];
}

interface RowsProps {
  procedures: readonly ProcedureRow[];
  search: string;
  onClear: () => void;
}

function Rows({ procedures, search, onClear }: RowsProps) {
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const commentOf = useComment();
  if (procedures.length === 0) {
    return (
      <EmptyState
        icon={search === "" ? <Workflow /> : <SearchX />}
        title={search === "" ? t("empty") : common("noMatch")}
        actions={search !== "" && <Button onClick={onClear}>{common("clearFilters")}</Button>}
      />
    );
  }
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-raised">
      {procedures.map((procedure) => (
        <li
          key={procedure.name}
          className="relative flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 transition-colors hover:bg-hover"
        >
          <div className="min-w-0 flex-1">
            <div className="flex items-center gap-2">
              <Link
                href={routes.procedure(procedure.name)}
                className="truncate text-ui font-medium after:absolute after:inset-0 after:content-['']"
              >
                {procedure.name}
              </Link>
              {!procedure.preset && <Badge tone="info">{common("custom")}</Badge>}
              {procedure.lua !== null && <Badge icon={<FileCode2 />}>{t("isScript")}</Badge>}
              {procedure.version !== null && <Badge>{t("version", { version: procedure.version })}</Badge>}
            </div>
            <p className="truncate text-xs text-muted">{commentOf(procedure)}</p>
            <div className="mt-2">
              {procedure.lua === null ? (
                <StepChips steps={procedure.steps} />
              ) : (
                <p className="text-xs text-muted">{t("scriptSteps")}</p>
              )}
            </div>
          </div>
          <span className="relative z-10">
            <RunProcedure name={procedure.name} size="sm" />
          </span>
        </li>
      ))}
    </ul>
  );
}
