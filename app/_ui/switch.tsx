"use client";
import { Switch as Base } from "@base-ui/react/switch";

export interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Its name where no `Field` around it gives one. */
  label?: string;
  disabled?: boolean;
}

export function Switch({ checked, onChange, label, disabled }: SwitchProps) {
  return (
    <Base.Root
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={label}
      className="relative inline-flex h-5 w-9 shrink-0 cursor-pointer items-center rounded-full border border-transparent bg-line-control transition-colors data-checked:bg-accent data-disabled:cursor-not-allowed data-disabled:opacity-55"
    >
      <Base.Thumb className="size-4 translate-x-px rounded-full bg-white shadow-raised transition-transform data-checked:translate-x-4.25" />
    </Base.Root>
  );
}
