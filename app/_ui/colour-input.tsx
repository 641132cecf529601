"use client";
import { classes } from "./classes.ts";
import { TextInput } from "./text-input.tsx";

export interface ColourInputProps {
  /** `#rrggbb`, or whatever was typed on the way to it. */
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
}

/** A colour to type, beside the browser's way to pick one. */
export function ColourInput({ value, onChange, disabled }: ColourInputProps) {
  const isColour = /^#[0-9a-f]{6}$/i.test(value);
  return (
    <span className="flex gap-1.5">
      <input
        type="color"
        // The field's label is that of the text beside it, which says the same.
        aria-hidden
        tabIndex={-1}
        value={isColour ? value : "#000000"}
        onChange={(event) => onChange(event.currentTarget.value)}
        disabled={disabled}
        className={classes(
          "h-8 w-10 shrink-0 cursor-pointer rounded-md border border-line-control bg-surface p-1 shadow-raised",
          "disabled:cursor-not-allowed disabled:opacity-55 pointer-coarse:h-10",
        )}
      />
      <TextInput
        value={value}
        onChange={onChange}
        maxLength={7}
        spellCheck={false}
        autoComplete="off"
        disabled={disabled}
        className="font-mono"
      />
    </span>
  );
}
