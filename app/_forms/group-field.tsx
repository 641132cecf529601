"use client";
import { type ReactNode, useState } from "react";
import { Switch } from "../_ui/switch.tsx";
import type { Path } from "./draft.ts";
import { type FieldOf, fitsInRow, type SimpleField as Simple } from "./field-kinds.ts";
import { useFieldWords } from "./field-words.ts";
import { useForm } from "./form-context.ts";
import { SchemaFields } from "./schema-fields.tsx";
import { SimpleField } from "./simple-field.tsx";

/** Fields that belong together. One that may be left out has a switch, and remembers what it held. */
export function GroupField({ field, prefix }: { field: FieldOf<"group">; prefix: Path }) {
  const form = useForm();
  const words = useFieldWords();
  const path = [...prefix, ...field.path];
  const value = form.valueAt(path);
  const [leftOut, setLeftOut] = useState<unknown>(undefined);
  const included = !field.optional || (value !== null && value !== undefined);
  const error = form.errorAt(path);
  const label = words.label(field.name);

  if (!field.optional && fitsInRow(field.fields)) {
    return (
      <fieldset className="col-span-full mb-5 max-w-xl min-w-0">
        <Legend label={label} description={words.description(field.name)} />
        <FieldRow fields={field.fields} prefix={prefix} />
      </fieldset>
    );
  }
  function include(on: boolean): void {
    if (!on) setLeftOut(value);
    form.setAt(path, on ? (leftOut ?? field.default ?? {}) : null);
  }
  return (
    <fieldset className="col-span-full mb-5 min-w-0 rounded-lg border border-line">
      <div className="flex items-center justify-between gap-4 border-b border-line bg-sunken/50 px-4 py-2.5 last:border-b-0">
        <Legend label={label} description={words.description(field.name)} />
        {field.optional && <Switch checked={included} onChange={include} label={label} disabled={form.disabled} />}
      </div>
      {included && (
        <div className="p-4">
          <SchemaFields fields={field.fields} prefix={prefix} />
        </div>
      )}
      {error !== undefined && <p className="px-4 pb-3 text-xs text-danger-text">{error}</p>}
    </fieldset>
  );
}

export function Legend({ label, description }: { label: string; description?: ReactNode }) {
  return (
    <div className="min-w-0">
      <legend className="contents text-ui font-semibold">{label}</legend>
      {description !== undefined && <p className="text-xs text-muted">{description}</p>}
    </div>
  );
}

export function FieldRow({ fields, prefix }: { fields: readonly Simple[]; prefix: Path }) {
  return (
    <div className="mt-2 grid grid-cols-[repeat(auto-fit,minmax(min(8rem,100%),1fr))] gap-3">
      {fields.map((field) => (
        <SimpleField key={field.path.join(".")} field={field} prefix={prefix} place="row" />
      ))}
    </div>
  );
}
