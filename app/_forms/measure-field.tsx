"use client";
import { Field } from "../_ui/field.tsx";
import { NumberInput } from "../_ui/number-input.tsx";
import { Select } from "../_ui/select.tsx";
import type { Path } from "./draft.ts";
import type { FieldOf } from "./field-kinds.ts";
import { useFieldWords } from "./field-words.ts";
import { useForm } from "./form-context.ts";
import { IN_LINE } from "./simple-field.tsx";

/** A number and what it counts, side by side under one name. */
export function MeasureField({ field, prefix }: { field: FieldOf<"group">; prefix: Path }) {
  const form = useForm();
  const words = useFieldWords();
  const [value, unit] = ["value", "unit"].map((name) => field.fields.find((inner) => inner.name === name));
  if (value?.kind !== "number" || unit?.kind !== "select") throw new Error(`${field.name} is no number with a unit.`);
  const [valuePath, unitPath] = [
    [...prefix, ...value.path],
    [...prefix, ...unit.path],
  ];
  const number = form.valueAt(valuePath);
  const counted = form.valueAt(unitPath) ?? unit.default;
  const label = words.label(field.name);
  const said =
    typeof (number ?? value.default) === "number" ? words.said(field.name, Number(number ?? value.default)) : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the focus leave the controls inside.
    <div className="contents" onBlur={() => form.leave(valuePath)}>
      <Field
        label={label}
        hint={words.description(field.name)}
        error={form.errorAt(valuePath) ?? form.errorAt(unitPath) ?? form.errorAt([...prefix, ...field.path])}
        disabled={form.disabled}
        className={IN_LINE}
      >
        <span className="flex gap-1.5">
          <NumberInput
            value={typeof number === "number" ? number : null}
            onChange={(next) => form.typeAt(valuePath, next ?? undefined)}
            unit={said}
            placeholder={typeof value.default === "number" ? String(value.default) : undefined}
            min={value.min ?? undefined}
            max={value.max ?? undefined}
            step={1}
            disabled={form.disabled}
            className="min-w-0 flex-1"
          />
          <Select
            value={typeof counted === "string" || typeof counted === "number" ? counted : null}
            onChange={(next) => form.setAt(unitPath, next)}
            options={unit.values.map((option) => ({ value: option, label: words.valueLabel(unit.name, option) }))}
            label={`${label}: ${words.label(unit.name)}`}
            disabled={form.disabled}
            className="w-28! shrink-0"
          />
        </span>
      </Field>
    </div>
  );
}
