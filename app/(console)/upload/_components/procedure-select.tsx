"use client";
import { useTranslations } from "next-intl";
import type { ControlSize } from "../../../_ui/classes.ts";
import { Combobox } from "../../../_ui/combobox.tsx";
import { useProcedureOptions } from "../../procedures/_components/use-procedure-options.ts";

/** No procedure has an empty name. */
const NONE = "";

export interface ProcedureSelectProps {
  value: string | null;
  onChange: (procedureName: string | null) => void;
  label: string;
  size?: ControlSize;
  className?: string;
}

/** What to do with a file once it is in: a procedure, a single template, or nothing. */
export function ProcedureSelect({ value, onChange, label, size, className }: ProcedureSelectProps) {
  const t = useTranslations("upload");
  const { options: known, loading, remember } = useProcedureOptions({ withTemplates: true });
  // A link may name a procedure before the list is here.
  const options =
    value === null || known.some((option) => option.value === value) ? known : [{ value, label: value }, ...known];
  return (
    <Combobox
      value={value ?? NONE}
      onChange={(name) => {
        if (name !== NONE) remember(name);
        onChange(name === NONE ? null : name);
      }}
      options={[{ value: NONE, label: t("procedure.none"), hint: t("procedure.noneHint") }, ...options]}
      label={label}
      loading={loading}
      size={size}
      className={className}
    />
  );
}
