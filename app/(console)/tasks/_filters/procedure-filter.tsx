"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { classes } from "../../../_ui/classes.ts";
import { Combobox } from "../../../_ui/combobox.tsx";
import { FILTER_ON } from "./filter-look.ts";

const ANY = "";

export function ProcedureFilter({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const t = useTranslations("tasks.filters");
  const trpc = useTRPC();
  const procedures = useQuery(trpc.procedures.list.queryOptions());
  const names = (procedures.data ?? []).map(({ name }) => name);
  // One that was deleted, or written as an expression, is still a filter.
  const all = value === null || names.includes(value) ? names : [value, ...names];
  return (
    <Combobox
      size="sm"
      className={classes("w-auto max-w-48", value === null ? "text-muted!" : FILTER_ON)}
      label={t("procedure")}
      value={value ?? ANY}
      onChange={(next) => onChange(next === ANY ? null : next)}
      loading={procedures.isPending}
      options={[{ value: ANY, label: t("anyProcedure") }, ...all.map((name) => ({ value: name, label: name }))]}
    />
  );
}
