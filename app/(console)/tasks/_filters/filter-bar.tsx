"use client";
import { Film, ListFilter, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { OPERATION_KINDS } from "#domain/operations/operation.ts";
import { STARTED_BY, STATE_COUNT_MAX, TASK_STATES } from "#domain/task.ts";
import { formatNumber } from "../../../_lib/format.ts";
import { Button } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";
import { MultiSelect } from "../../../_ui/multi-select.tsx";
import { StateIcon } from "../_components/state-badge.tsx";
import { CreatedFilter } from "./created-filter.tsx";
import { FILTER_ON } from "./filter-look.ts";
import { ProcedureFilter } from "./procedure-filter.tsx";
import { SearchFilter } from "./search-filter.tsx";
import { isFiltering, NO_FILTERS, type TaskFilters } from "./task-filters.ts";
import { useStateCounts } from "./use-state-counts.ts";

interface FilterBarProps {
  filters: TaskFilters;
  onChange: (change: Partial<TaskFilters>) => void;
}

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const t = useTranslations("tasks.filters");
  const [shown, setShown] = useState(false);
  const { search: _, ...besideSearch } = filters;
  const count = Object.entries(besideSearch).filter(([key, value]) => isSet(key, value)).length;
  return (
    <section aria-label={t("label")} className="mb-3 flex flex-col gap-2">
      <div className="flex gap-2">
        <SearchFilter label={t("search")} value={filters.search} onChange={(search) => onChange({ search })} />
        <Button className="md:hidden" icon={<ListFilter />} aria-expanded={shown} onClick={() => setShown(!shown)}>
          {count > 0 ? t("moreCount", { count }) : t("more")}
        </Button>
        {/* Up here it comes and goes without moving the list. */}
        {isFiltering(filters) && <ClearFilters onChange={onChange} className="max-md:hidden" />}
      </div>
      <div className={classes("flex-wrap items-center gap-2 md:flex", shown ? "flex" : "hidden")}>
        <StateChips filters={filters} onChange={onChange} />
        <MultiFilters filters={filters} onChange={onChange} />
        {isFiltering(filters) && <ClearFilters onChange={onChange} className="md:hidden" />}
      </div>
    </section>
  );
}

function ClearFilters({ onChange, className }: Pick<FilterBarProps, "onChange"> & { className: string }) {
  const t = useTranslations("common");
  return (
    <Button variant="ghost" icon={<X />} className={className} onClick={() => onChange(NO_FILTERS)}>
      {t("clearFilters")}
    </Button>
  );
}

function isSet(key: string, value: unknown): boolean {
  const none = Object.entries(NO_FILTERS).find(([name]) => name === key)?.[1];
  return Array.isArray(value) ? value.length > 0 : value !== none;
}

function StateChips({ filters, onChange }: FilterBarProps) {
  const t = useTranslations("tasks.filters");
  const states = useTranslations("states.task");
  const locale = useLocale();
  const counts = useStateCounts(filters);
  return (
    <fieldset className="flex max-w-full min-w-0 overflow-x-auto rounded-md border border-line-control bg-surface p-0.5">
      <legend className="sr-only">{t("state")}</legend>
      {TASK_STATES.map((state) => {
        const on = filters.states.includes(state);
        return (
          <button
            key={state}
            type="button"
            aria-pressed={on}
            onClick={() =>
              onChange({ states: on ? filters.states.filter((each) => each !== state) : [...filters.states, state] })
            }
            className={classes(
              "flex h-6 items-center gap-1.5 rounded-sm px-2 text-ui whitespace-nowrap transition-colors pointer-coarse:h-8",
              on ? "bg-accent-soft font-medium text-accent-text" : "text-muted hover:bg-hover hover:text-ink",
            )}
          >
            <StateIcon state={state} className="size-3.5 animate-none!" />
            {states(state)}
            {counts && <StateCount locale={locale} count={counts[state]} />}
          </button>
        );
      })}
    </fieldset>
  );
}

/** Nothing is told by its absence. */
function StateCount({ locale, count }: { locale: string; count: number }) {
  if (count === 0) return null;
  const shown = count > STATE_COUNT_MAX ? `${formatNumber(locale, STATE_COUNT_MAX)}+` : formatNumber(locale, count);
  return <span className="text-xs tabular-nums opacity-80">{shown}</span>;
}

function MultiFilters({ filters, onChange }: FilterBarProps) {
  const t = useTranslations("tasks.filters");
  const kinds = useTranslations("kinds");
  const startedBy = useTranslations("states.startedBy");
  return (
    <>
      <Button
        size="sm"
        aria-pressed={filters.failedSubtask}
        className={classes("font-normal!", filters.failedSubtask ? FILTER_ON : "text-muted!")}
        onClick={() => onChange({ failedSubtask: !filters.failedSubtask })}
      >
        {t("failedSubtask")}
      </Button>
      <ProcedureFilter value={filters.procedure} onChange={(procedure) => onChange({ procedure })} />
      <MultiSelect
        size="sm"
        label={t("kind")}
        values={filters.kinds}
        onChange={(values) => onChange({ kinds: values })}
        options={OPERATION_KINDS.map((value) => ({ value, label: kinds(value) }))}
      />
      <MultiSelect
        size="sm"
        label={t("startedBy")}
        values={filters.startedBy}
        onChange={(values) => onChange({ startedBy: values })}
        options={STARTED_BY.map((value) => ({ value, label: startedBy(value) }))}
      />
      <CreatedFilter value={filters.created} onChange={(created) => onChange({ created })} />
      {filters.mediaId !== null && (
        <Button
          size="sm"
          icon={<Film />}
          className={classes("font-normal!", FILTER_ON)}
          onClick={() => onChange({ mediaId: null })}
        >
          {t("oneMedia", { id: filters.mediaId })}
          <X aria-hidden />
        </Button>
      )}
    </>
  );
}
