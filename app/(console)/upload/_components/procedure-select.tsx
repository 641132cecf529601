"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_lib/trpc.tsx";
import type { ControlSize } from "../../../_ui/classes.ts";
import { Combobox } from "../../../_ui/combobox.tsx";

/** No procedure has an empty name. */
const NONE = "";

export interface ProcedureSelectProps {
  value: string | null;
  onChange: (procedureName: string | null) => void;
  label: string;
  size?: ControlSize;
  className?: string;
}

/** What to do with a file once it is in; nothing is an answer too. */
export function ProcedureSelect({ value, onChange, label, size, className }: ProcedureSelectProps) {
  const t = useTranslations("upload");
  const presets = useTranslations("presets");
  const procedures = useQuery(useTRPC().procedures.list.queryOptions());
  const known = (procedures.data ?? []).map(({ name, comment, preset }) => ({
    value: name,
    label: name,
    hint: preset && presets.has(comment) ? presets(comment) : comment || undefined,
  }));
  // A link may name a procedure before the list is here.
  const options =
    value === null || known.some((option) => option.value === value) ? known : [{ value, label: value }, ...known];
  return (
    <Combobox
      value={value ?? NONE}
      onChange={(name) => onChange(name === NONE ? null : name)}
      options={[{ value: NONE, label: t("procedure.none"), hint: t("procedure.noneHint") }, ...options]}
      label={label}
      loading={procedures.isPending}
      size={size}
      className={className}
    />
  );
}
