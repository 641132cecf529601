"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { TemplateKind } from "#domain/template.ts";
import { useTRPC } from "../_lib/trpc.tsx";
import { Combobox } from "../_ui/combobox.tsx";

interface TemplateControlProps {
  kind: TemplateKind;
  value: number | null;
  onChange: (definition: number) => void;
  disabled?: boolean;
}

/** One of the templates of a kind, by its number. */
export function TemplateControl({ kind, value, onChange, disabled }: TemplateControlProps) {
  const t = useTranslations("common");
  const templates = useQuery(useTRPC().templates.list.queryOptions({ kinds: [kind] }));
  const found = (templates.data ?? []).map(({ definition, name }) => ({
    value: definition,
    label: name,
    hint: String(definition),
  }));
  // One that was deleted, or is of somebody else, still says its number.
  const gone = value !== null && templates.isSuccess && found.every((option) => option.value !== value);
  return (
    <Combobox
      value={value}
      onChange={onChange}
      options={gone ? [{ value, label: String(value) }, ...found] : found}
      placeholder={t("choose")}
      loading={templates.isPending}
      disabled={disabled}
    />
  );
}
