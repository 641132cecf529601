"use client";
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { CONTROL, CONTROL_HEIGHTS, type ControlSize, classes, POPUP, POPUP_ITEM } from "./classes.ts";

export interface SelectOption<Value> {
  value: Value;
  label: string;
  /** A second, quieter line. */
  hint?: string;
  icon?: ReactNode;
  /** Shown, with its hint saying why, and not to be chosen. */
  disabled?: boolean;
}

export interface SelectProps<Value> {
  value: Value | null;
  onChange: (value: Value) => void;
  onOpenChange?: (open: boolean) => void;
  options: readonly SelectOption<Value>[];
  placeholder?: string;
  /** Its name where no `Field` around it gives one. */
  label?: string;
  size?: ControlSize;
  disabled?: boolean;
  id?: string;
  className?: string;
}

/** One of a handful; for long lists there is Combobox. */
export function Select<Value extends string | number>(props: SelectProps<Value>) {
  const { value, onChange, onOpenChange, options, placeholder, label, size = "md", disabled, id, className } = props;
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
      onOpenChange={onOpenChange}
      disabled={disabled}
      id={id}
    >
      <Base.Trigger
        aria-label={label}
        className={classes(
          CONTROL,
          CONTROL_HEIGHTS[size],
          "flex items-center gap-2 pr-2 pl-2.5 text-left select-none",
          className,
        )}
      >
        <Base.Value className="min-w-0 flex-1 truncate data-placeholder:text-faint" placeholder={placeholder} />
        <Base.Icon className="text-faint">
          <ChevronsUpDown className="size-3.5" aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <SelectPopup options={options} />
    </Base.Root>
  );
}

export function SelectPopup<Value>({ options }: { options: readonly SelectOption<Value>[] }) {
  return (
    <Base.Portal>
      <Base.Positioner className="z-60 outline-none select-none" sideOffset={4} alignItemWithTrigger={false}>
        <Base.Popup className={classes(POPUP, "max-w-(--available-width) min-w-(--anchor-width)")}>
          <Base.List className="max-h-[min(22rem,var(--available-height))] overflow-y-auto p-1">
            {options.map((option) => (
              <Base.Item
                key={String(option.value)}
                value={option.value}
                disabled={option.disabled}
                // Why it cannot be chosen is to be read as well as everything else.
                className={classes(POPUP_ITEM, "data-disabled:text-faint data-disabled:opacity-100")}
              >
                {option.icon}
                <span className="min-w-0 flex-1">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.hint !== undefined && (
                    <span className="block max-w-72 text-xs text-muted">{option.hint}</span>
                  )}
                </span>
                <Base.ItemIndicator className="ml-2">
                  <Check className="size-4 text-accent-text" aria-hidden />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
