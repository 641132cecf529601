"use client";
import { Input } from "@base-ui/react/input";
import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button.tsx";
import { CONTROL, CONTROL_HEIGHTS, type ControlSize, classes } from "./classes.ts";
import { useFieldUnit } from "./field.tsx";

export interface TextInputProps extends Omit<ComponentProps<typeof Input>, "onChange" | "onValueChange" | "size"> {
  value: string;
  onChange: (value: string) => void;
  size?: ControlSize;
  icon?: ReactNode;
}

export function TextInput({ value, onChange, size = "md", icon, className, ...rest }: TextInputProps) {
  const unit = useFieldUnit();
  const input = (
    <Input
      {...rest}
      value={value}
      onValueChange={onChange}
      className={classes(
        CONTROL,
        CONTROL_HEIGHTS[size],
        // iOS zooms the page into inputs with smaller text.
        "px-2.5 pointer-coarse:text-base",
        icon !== undefined && "pl-8",
        unit !== undefined && "pr-12",
        typeof className === "string" && className,
      )}
    />
  );
  if (icon === undefined && unit === undefined) return input;
  return (
    <span className="relative block w-full">
      {icon !== undefined && (
        <span className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-faint [&>svg]:size-4">
          {icon}
        </span>
      )}
      {input}
      {unit !== undefined && (
        <span className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-xs text-faint">
          {unit}
        </span>
      )}
    </span>
  );
}

export interface TextAreaProps extends Omit<ComponentProps<"textarea">, "onChange"> {
  value: string;
  onChange: (value: string) => void;
}

export function TextArea({ value, onChange, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Input
      value={value}
      onValueChange={onChange}
      render={<textarea rows={rows} {...rest} />}
      className={classes(CONTROL, "px-2.5 py-1.5 text-sm pointer-coarse:text-base", className)}
    />
  );
}

export interface SearchInputProps {
  value: string;
  onChange: (value: string) => void;
  /** Its name, and what it shows while empty. */
  label: string;
  size?: ControlSize;
  className?: string;
  inputRef?: ComponentProps<typeof Input>["ref"];
}

export function SearchInput({ value, onChange, label, size = "md", className, inputRef }: SearchInputProps) {
  const t = useTranslations("common");
  return (
    <search className={classes("relative block", className)}>
      <TextInput
        ref={inputRef}
        type="search"
        enterKeyHint="search"
        aria-label={label}
        placeholder={label}
        icon={<Search aria-hidden />}
        value={value}
        onChange={onChange}
        size={size}
        // Ours stands in for the browser's own button to clear, which looks different in each of them.
        className="pr-8 [&::-webkit-search-cancel-button]:hidden"
        autoComplete="off"
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (value === "") event.currentTarget.blur();
          else onChange("");
        }}
      />
      {value !== "" && (
        <Button
          variant="ghost"
          size="sm"
          aria-label={t("clear")}
          icon={<X />}
          className="absolute top-1/2 right-1 size-6! -translate-y-1/2 p-0!"
          onClick={() => onChange("")}
        />
      )}
    </search>
  );
}
