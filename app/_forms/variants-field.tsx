"use client";
import { Field } from "../_ui/field.tsx";
import { Select } from "../_ui/select.tsx";
import { type Path, valueAt } from "./draft.ts";
import type { FieldOf } from "./field-kinds.ts";
import { useFieldWords } from "./field-words.ts";
import { useForm } from "./form-context.ts";
import { Legend } from "./group-field.tsx";
import { SchemaFields } from "./schema-fields.tsx";

/** One of several shapes: choosing the shape brings its fields. */
export function VariantsField({ field, prefix }: { field: FieldOf<"variants">; prefix: Path }) {
  const form = useForm();
  const words = useFieldWords();
  const path = [...prefix, ...field.path];
  const value = form.valueAt(path) ?? field.default;
  const tag = valueAt(value, [field.discriminator]);
  const chosen = field.variants.find((variant) => variant.value === tag) ?? null;
  return (
    <fieldset className="col-span-full mb-5 min-w-0 rounded-lg border border-line p-4">
      <Legend label={words.label(field.name)} description={words.description(field.name)} />
      <Field className="mt-2 max-w-xs" label={words.label(field.discriminator)} error={form.errorAt(path)}>
        <Select
          value={chosen?.value ?? null}
          onChange={(next) => form.setAt(path, { [field.discriminator]: next })}
          options={field.variants.map((variant) => ({
            value: variant.value,
            label: words.valueLabel(field.discriminator, variant.value),
          }))}
          disabled={form.disabled}
        />
      </Field>
      {chosen !== null && chosen.fields.length > 0 && (
        <div className="mt-4">
          <SchemaFields fields={chosen.fields} prefix={prefix} />
        </div>
      )}
    </fieldset>
  );
}
