"use client";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { DELIVERY_STATES, NOTIFICATION_KINDS } from "#domain/notification.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { classes } from "../../../_ui/classes.ts";
import { Combobox } from "../../../_ui/combobox.tsx";
import { MultiSelect } from "../../../_ui/multi-select.tsx";
import { CreatedFilter } from "../../tasks/_filters/created-filter.tsx";
import { FILTER_ON } from "../../tasks/_filters/filter-look.ts";
import { SearchFilter } from "../../tasks/_filters/search-filter.tsx";
import { DeliveryIcon } from "../_components/delivery-badge.tsx";
import { type EventFilters, isFiltering, NO_FILTERS, PULL_QUEUE } from "./event-filters.ts";

export interface FilterBarProps {
  filters: EventFilters;
  onChange: (change: Partial<EventFilters>) => void;
}

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const t = useTranslations("events.filters");
  const kinds = useTranslations("events.kinds");
  const common = useTranslations("common");
  return (
    <section aria-label={t("label")} className="mb-3 flex flex-wrap items-center gap-2">
      <div className="w-full md:w-64">
        <SearchFilter
          label={t("task")}
          value={filters.taskId ?? ""}
          onChange={(text) => onChange({ taskId: text.trim() || null })}
        />
      </div>
      <StateChips filters={filters} onChange={onChange} />
      <MultiSelect
        size="sm"
        label={t("kind")}
        values={filters.kinds}
        onChange={(values) => onChange({ kinds: values })}
        options={NOTIFICATION_KINDS.map((value) => ({ value, label: kinds(value.replace(".", "_")) }))}
      />
      <ReceiverFilter filters={filters} onChange={onChange} />
      <CreatedFilter value={filters.created} onChange={(created) => onChange({ created })} />
      {isFiltering(filters) && (
        <Button size="sm" variant="ghost" icon={<X />} onClick={() => onChange(NO_FILTERS)}>
          {common("clearFilters")}
        </Button>
      )}
    </section>
  );
}

function StateChips({ filters, onChange }: FilterBarProps) {
  const t = useTranslations("events");
  return (
    <fieldset className="flex max-w-full min-w-0 overflow-x-auto rounded-md border border-line-control bg-surface p-0.5">
      <legend className="sr-only">{t("filters.state")}</legend>
      {DELIVERY_STATES.map((state) => {
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
            <DeliveryIcon state={state} className="size-3.5" />
            {t(`states.${state}`)}
          </button>
        );
      })}
    </fieldset>
  );
}

const ANY = "";

function ReceiverFilter({ filters, onChange }: FilterBarProps) {
  const t = useTranslations("events");
  const endpoints = useQuery(useTRPC().events.endpoints.queryOptions());
  const known = (endpoints.data ?? []).map(({ id, name, url }) => ({ value: id, label: name, hint: url }));
  const { receiver } = filters;
  // One that was deleted is still a filter.
  const gone = receiver !== null && receiver !== PULL_QUEUE && !known.some(({ value }) => value === receiver);
  return (
    <Combobox
      size="sm"
      className={classes("w-auto max-w-56", receiver === null ? "text-muted!" : FILTER_ON)}
      label={t("filters.receiver")}
      value={receiver ?? ANY}
      onChange={(next) => onChange({ receiver: next === ANY ? null : next })}
      loading={endpoints.isPending}
      options={[
        { value: ANY, label: t("filters.anyReceiver") },
        { value: PULL_QUEUE, label: t("pullQueue") },
        ...known,
        ...(gone && receiver !== null ? [{ value: receiver, label: receiver }] : []),
      ]}
    />
  );
}
