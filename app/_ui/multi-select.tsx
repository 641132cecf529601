"use client";
import { Select as Base } from "@base-ui/react/select";
import { ChevronDown } from "lucide-react";
import { CONTROL_HEIGHTS, type ControlSize, classes } from "./classes.ts";
import { type SelectOption, SelectPopup } from "./select.tsx";

export interface MultiSelectProps<Value> {
  /** What is chosen from; stands on the button, before what was chosen. */
  label: string;
  values: readonly Value[];
  onChange: (values: Value[]) => void;
  options: readonly SelectOption<Value>[];
  size?: ControlSize;
  disabled?: boolean;
  className?: string;
}

/** Any of a handful, as a compact button: made for rows of filters. */
export function MultiSelect<Value extends string | number>(props: MultiSelectProps<Value>) {
  const { label, values, onChange, options, size = "md", disabled, className } = props;
  const [first] = options.filter((option) => values.includes(option.value));
  return (
    <Base.Root items={options} multiple value={[...values]} onValueChange={onChange} disabled={disabled}>
      <Base.Trigger
        className={classes(
          "inline-flex shrink-0 items-center gap-1.5 rounded-md border px-2.5 whitespace-nowrap transition-colors select-none hover:bg-hover data-popup-open:bg-hover",
          values.length > 0 ? "border-accent/50 bg-accent-soft text-ink" : "border-line-control bg-surface text-muted",
          CONTROL_HEIGHTS[size],
          className,
        )}
      >
        <span>{label}</span>
        {first !== undefined && (
          <span className="max-w-32 truncate font-medium text-accent-text">
            {first.label}
            {values.length > 1 && ` +${values.length - 1}`}
          </span>
        )}
        <ChevronDown className="-mr-0.5 size-3.5 text-faint" aria-hidden />
      </Base.Trigger>
      <SelectPopup options={options} />
    </Base.Root>
  );
}
