"use client";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import type { ReactNode } from "react";

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: ReactNode;
  icon?: ReactNode;
  /** The language of the label, where it is not the page's. */
  lang?: string;
  disabled?: boolean;
}

export interface SegmentedProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly SegmentedOption<Value>[];
  label: string;
}

/** One of very few, all in sight; arrow keys move the choice. */
export function Segmented<Value extends string>({ value, onChange, options, label }: SegmentedProps<Value>) {
  return (
    <RadioGroup
      value={value}
      onValueChange={onChange}
      aria-label={label}
      className="inline-flex max-w-full gap-0.5 self-start rounded-lg border border-line bg-sunken p-0.5"
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          lang={option.lang}
          disabled={option.disabled}
          className="flex h-7 min-w-0 cursor-pointer items-center justify-center gap-1.5 rounded-md border border-transparent px-2.5 text-ui font-medium whitespace-nowrap text-muted outline-offset-0 transition-colors select-none hover:text-ink data-checked:border-line data-checked:bg-raised data-checked:text-ink data-checked:shadow-raised data-disabled:cursor-not-allowed data-disabled:opacity-50 pointer-coarse:h-9 [&>svg]:size-3.5 [&>svg]:shrink-0"
        >
          {option.icon}
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
