"use client";
import { Field as Base } from "@base-ui/react/field";
import { X } from "lucide-react";
import { useState } from "react";
import { CONTROL, classes } from "./classes.ts";

export interface TagInputProps {
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** Names what takes one away again. */
  removeLabel: (value: string) => string;
  placeholder: string;
  /** No more are taken then. */
  maximum: number;
  maxLength: number;
}

/** Words one after another: Enter or a comma ends each, Backspace in front takes the last one back. */
export function TagInput({ values, onChange, removeLabel, placeholder, maximum, maxLength }: TagInputProps) {
  const [draft, setDraft] = useState("");
  const add = (text: string) => {
    const words = text.split(/[,，、\n]/).map((word) => word.trim().slice(0, maxLength));
    const fresh = [...new Set(words)].filter((word) => word !== "" && !values.includes(word));
    if (fresh.length > 0) onChange([...values, ...fresh].slice(0, maximum));
    setDraft("");
  };
  return (
    <div
      className={classes(
        CONTROL,
        "flex min-h-8 flex-wrap items-center gap-1 p-1 focus-within:border-accent has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent",
      )}
    >
      {values.map((value) => (
        <span
          key={value}
          className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-sm bg-neutral-soft pr-0.5 pl-2 text-ui"
        >
          <span className="truncate">{value}</span>
          <button
            type="button"
            aria-label={removeLabel(value)}
            onClick={() => onChange(values.filter((one) => one !== value))}
            className="grid size-5 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink pointer-coarse:size-8"
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </span>
      ))}
      <Base.Control
        value={draft}
        onValueChange={(text) => (/[,，、]/.test(text) ? add(text) : setDraft(text))}
        onBlur={() => add(draft)}
        onKeyDown={(event) => {
          // Enter ends a word; only an empty draft lets it send the form.
          if (event.key === "Enter" && draft.trim() !== "" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            add(draft);
          }
          if (event.key === "Backspace" && draft === "") onChange(values.slice(0, -1));
        }}
        maxLength={maxLength}
        placeholder={values.length === 0 ? placeholder : undefined}
        disabled={values.length >= maximum}
        autoComplete="off"
        className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-sm outline-none placeholder:text-faint pointer-coarse:text-base"
      />
    </div>
  );
}
