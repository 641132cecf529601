"use client";
import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown, LoaderCircle, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { CONTROL, CONTROL_HEIGHTS, type ControlSize, classes, POPUP, POPUP_ITEM } from "./classes.ts";
import type { SelectOption } from "./select.tsx";

export interface ComboboxProps<Value> {
  value: Value | null;
  onChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  placeholder?: string;
  /** Its name where no `Field` around it gives one. */
  label?: string;
  /** Called with what was typed: `options` are then the answers, and are not filtered here. */
  onSearch?: (text: string) => void;
  loading?: boolean;
  size?: ControlSize;
  disabled?: boolean;
  className?: string;
}

/** One of many: a button that opens a searchable list. */
export function Combobox<Value extends string | number>(props: ComboboxProps<Value>) {
  const {
    value,
    onChange,
    options,
    placeholder,
    label,
    onSearch,
    loading = false,
    size = "md",
    disabled,
    className,
  } = props;
  const t = useTranslations("common");
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Base.Root
      items={options}
      value={chosen}
      onValueChange={(option: SelectOption<Value> | null) => {
        if (option !== null) onChange(option.value);
      }}
      onInputValueChange={onSearch}
      filter={onSearch === undefined ? undefined : null}
      isItemEqualToValue={(a, b) => a?.value === b?.value}
      itemToStringLabel={(option) => option?.label ?? ""}
      disabled={disabled}
      autoHighlight
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
        {chosen?.icon}
        <span className={classes("min-w-0 flex-1 truncate", chosen === null && "text-faint")}>
          {chosen?.label ?? placeholder ?? t("choose")}
        </span>
        <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="z-60 outline-none" sideOffset={4} align="start">
          <Base.Popup
            className={classes(POPUP, "w-(--anchor-width) max-w-(--available-width) min-w-64")}
            aria-label={label ?? placeholder}
          >
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search className="size-4 text-faint" aria-hidden />
              <Base.Input
                placeholder={t("search")}
                className="h-9 min-w-0 flex-1 bg-transparent text-sm outline-none pointer-coarse:text-base"
              />
              {loading && <LoaderCircle className="size-4 animate-spin text-faint" aria-hidden />}
            </div>
            <Base.Empty>
              <div className="px-3 py-4 text-center text-ui text-muted">{loading ? t("loading") : t("noMatch")}</div>
            </Base.Empty>
            <Base.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto overscroll-contain p-1 data-empty:p-0">
              {(option: SelectOption<Value>) => (
                <Base.Item key={String(option.value)} value={option} className={POPUP_ITEM}>
                  {option.icon}
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{option.label}</span>
                    {option.hint !== undefined && (
                      <span className="block truncate text-xs text-muted">{option.hint}</span>
                    )}
                  </span>
                  <Base.ItemIndicator>
                    <Check className="size-4 text-accent-text" aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
