"use client";
import { NumberField } from "@base-ui/react/number-field";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useLocale } from "next-intl";
import { CONTROL, CONTROL_HEIGHTS, type ControlSize, classes, FILLS_PLACE } from "./classes.ts";
import { useFieldUnit } from "./field.tsx";

export interface NumberInputProps {
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number;
  /** Defaults to the unit of the `Field` around it. */
  unit?: string;
  placeholder?: string;
  /** Its name where no `Field` around it gives one. */
  label?: string;
  size?: ControlSize;
  disabled?: boolean;
  id?: string;
  className?: string;
}

/**
 * Typing may pass through numbers out of range on the way to one within; the schema of the form, not the control, says
 * what is wrong with a number. Arrows and buttons stay within.
 */
export function NumberInput(props: NumberInputProps) {
  const { value, onChange, min, max, step = 1, placeholder, label, size = "md", disabled, id, className } = props;
  const locale = useLocale();
  const fieldUnit = useFieldUnit();
  const unit = props.unit ?? fieldUnit;
  return (
    <NumberField.Root
      value={value}
      onValueChange={onChange}
      min={min}
      max={max}
      step={step}
      allowOutOfRange
      locale={locale}
      format={{ useGrouping: false, maximumFractionDigits: 6 }}
      disabled={disabled}
      id={id}
      className={classes(FILLS_PLACE, className)}
    >
      <NumberField.Group className="group relative">
        <NumberField.Input
          aria-label={label}
          placeholder={placeholder}
          className={classes(
            CONTROL,
            CONTROL_HEIGHTS[size],
            "pr-7 pl-2.5 pointer-coarse:text-base",
            unit !== undefined && "pr-16",
          )}
        />
        <span className="absolute inset-y-px right-px flex items-stretch gap-1.5">
          {unit !== undefined && (
            <span className="pointer-events-none flex items-center text-xs text-faint">{unit}</span>
          )}
          <span className="flex w-6 flex-col overflow-hidden rounded-r-md border-l border-line text-faint">
            <NumberField.Increment className="flex flex-1 items-center justify-center hover:bg-hover hover:text-ink">
              <ChevronUp className="size-3" aria-hidden />
            </NumberField.Increment>
            <NumberField.Decrement className="flex flex-1 items-center justify-center border-t border-line hover:bg-hover hover:text-ink">
              <ChevronDown className="size-3" aria-hidden />
            </NumberField.Decrement>
          </span>
        </span>
      </NumberField.Group>
    </NumberField.Root>
  );
}
