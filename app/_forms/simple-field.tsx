"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFieldSentence } from "../_lib/field-sentences.ts";
import { classes } from "../_ui/classes.ts";
import { ColourInput } from "../_ui/colour-input.tsx";
import { Field } from "../_ui/field.tsx";
import { NumberInput } from "../_ui/number-input.tsx";
import { Select } from "../_ui/select.tsx";
import { Switch } from "../_ui/switch.tsx";
import { TextArea, TextInput } from "../_ui/text-input.tsx";
import { AssetControl } from "./asset-control.tsx";
import type { Path } from "./draft.ts";
import type { FieldOf, SimpleField as Simple } from "./field-kinds.ts";
import { useFieldWords } from "./field-words.ts";
import { useForm } from "./form-context.ts";
import { MediaField } from "./media-field.tsx";
import { TemplateControl } from "./template-control.tsx";

interface SimpleFieldProps {
  field: Simple;
  prefix: Path;
  /** In a grid of fields, or in a row whose words say what it is for. */
  place?: "grid" | "row";
}

/** Label and hint, control and error in the three rows that a field spans in the grid. */
export const IN_LINE = "row-span-3 grid! grid-rows-subgrid gap-y-1.5! pb-5";

export function SimpleField({ field, prefix, place = "grid" }: SimpleFieldProps) {
  const form = useForm();
  const words = useFieldWords();
  const t = useTranslations("common");
  const path = [...prefix, ...field.path];
  const unit = "unit" in field && field.unit !== null ? words.unit(field.unit) : undefined;
  const layout = field.kind === "switch" ? "inline" : "stacked";
  const moot = form.mootAt(path, field);
  const here = form.valueAt(path);
  const asked = !isEmpty(here) || form.isAsked(path);
  const error = !asked ? undefined : isUnchosen(field, here) ? t("required") : form.errorAt(path);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the focus leave the control inside.
    <div className="contents" onBlur={() => form.leave(path)}>
      <Field
        label={words.label(field.name)}
        hint={moot ?? (place === "grid" ? words.description(field.name) : undefined)}
        error={error}
        note={field.optional && !field.forTemplate?.needed ? t("optional") : undefined}
        unit={field.kind === "select" ? undefined : unit}
        layout={layout}
        disabled={form.disabled || moot !== undefined}
        className={classes(
          place === "grid" && (layout === "inline" ? "row-span-3 pb-5" : IN_LINE),
          field.kind === "text" && field.lines && "col-span-full",
        )}
      >
        <Control
          field={field}
          path={path}
          unit={unit}
          invalid={error !== undefined}
          disabled={form.disabled || moot !== undefined}
        />
      </Field>
    </div>
  );
}

interface ControlProps {
  field: Simple;
  path: Path;
  unit: string | undefined;
  invalid: boolean;
  disabled: boolean;
}

function Control({ field, path, unit, invalid, disabled }: ControlProps) {
  const form = useForm();
  const words = useFieldWords();
  const value = form.valueAt(path);
  switch (field.kind) {
    case "number":
    case "integer": {
      const usual = typeof field.default === "number" ? field.default : null;
      const taken = typeof value === "number" ? value : usual;
      const said = words.said(field.name, taken ?? "null");
      return (
        <NumberInput
          value={typeof value === "number" ? value : null}
          // A number that stands for something else says so instead of its unit.
          unit={said}
          // Emptied means the default, which the placeholder shows, or nothing at all where that is a value.
          onChange={(next) => form.typeAt(path, next ?? (field.optional ? null : undefined))}
          placeholder={usual === null ? undefined : String(usual)}
          min={field.min ?? undefined}
          max={field.max ?? undefined}
          step={field.step}
          disabled={disabled}
        />
      );
    }
    case "select":
      return <SelectControl field={field} path={path} unit={unit} disabled={disabled} />;
    case "switch":
      return (
        <Switch
          checked={(value ?? field.default) === true}
          onChange={(next) => form.setAt(path, next)}
          disabled={disabled}
        />
      );
    case "text":
      if (field.lines) {
        return (
          <TextArea
            value={typeof value === "string" ? value : ""}
            onChange={(next) => form.typeAt(path, next === "" ? undefined : next)}
            maxLength={field.maxLength ?? undefined}
            disabled={disabled}
            spellCheck={false}
            className="max-h-60 font-mono text-xs!"
          />
        );
      }
      return (
        <TextInput
          value={typeof value === "string" ? value : ""}
          onChange={(next) => form.typeAt(path, next === "" ? undefined : next)}
          maxLength={field.maxLength ?? undefined}
          disabled={disabled}
        />
      );
    case "colour":
      return (
        <ColourInput
          value={typeof value === "string" ? value : String(field.default ?? "")}
          onChange={(next) => form.typeAt(path, next)}
          disabled={disabled}
        />
      );
    case "asset":
      return (
        <AssetControl
          label={words.label(field.name)}
          kind={field.asset}
          invalid={invalid}
          value={typeof value === "string" ? value : null}
          onChange={(next) => form.setAt(path, next)}
          disabled={disabled}
        />
      );
    case "media":
      return (
        <MediaField
          value={typeof value === "string" ? value : null}
          onChange={(next) => form.setAt(path, next)}
          disabled={disabled}
        />
      );
    case "template":
      return (
        <TemplateControl
          kind={field.template}
          value={typeof value === "number" ? value : null}
          onChange={(next) => form.setAt(path, next)}
          disabled={disabled}
        />
      );
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** What is not taken here is shown with its reason; what would bring other changes says which. Asked when it is opened. */
function SelectControl({ field, path, unit, disabled }: Omit<ControlProps, "invalid"> & { field: FieldOf<"select"> }) {
  const form = useForm();
  const words = useFieldWords();
  const t = useTranslations("common");
  const sentenceOf = useFieldSentence();
  const [open, setOpen] = useState(false);
  const chosen = form.valueAt(path) ?? field.default;
  const choices = open ? form.choicesAt(path, field.values) : [];
  return (
    <Select
      value={typeof chosen === "string" || typeof chosen === "number" ? chosen : null}
      onChange={(next) => form.setAt(path, next)}
      onOpenChange={setOpen}
      options={field.values.map((option, index) => {
        const { refusal = null, follows = [] } = choices[index] ?? {};
        const label = withUnit(words.valueLabel(field.name, option), option, unit);
        if (refusal !== null && option !== chosen)
          return { value: option, label, hint: sentenceOf(refusal), disabled: true };
        const others = follows.map((name) => words.label(name));
        const hint = others.length === 0 ? undefined : t("alsoChange", { fields: others.join(" · ") });
        return { value: option, label, hint };
      })}
      disabled={disabled}
    />
  );
}

/** Nothing could be chosen for the user; what the schema says of nothing is no help. */
function isUnchosen({ kind }: Simple, value: unknown): boolean {
  const named = kind === "asset" || kind === "media" || kind === "template";
  return named && (value === undefined || value === null);
}

/** A number without words of its own wears its unit; "Automatic" does not. */
function withUnit(label: string, value: string | number, unit: string | undefined): string {
  return unit !== undefined && label === String(value) ? `${label} ${unit}` : label;
}
