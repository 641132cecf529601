"use client";
import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Some, not all, of what it stands for is chosen. */
  indeterminate?: boolean;
  /** Its name where no `Field` around it gives one. */
  label?: string;
  disabled?: boolean;
}

export function Checkbox({ checked, onChange, indeterminate = false, label, disabled }: CheckboxProps) {
  return (
    <Base.Root
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={label}
      className="flex size-4 shrink-0 cursor-pointer items-center justify-center rounded-sm border border-line-control bg-surface text-accent-ink transition-colors hover:border-faint data-checked:border-accent data-checked:bg-accent data-disabled:cursor-not-allowed data-disabled:opacity-55 data-indeterminate:border-accent data-indeterminate:bg-accent"
    >
      <Base.Indicator className="flex data-unchecked:hidden">
        {indeterminate ? <Minus className="size-3" aria-hidden /> : <Check className="size-3" aria-hidden />}
      </Base.Indicator>
    </Base.Root>
  );
}
