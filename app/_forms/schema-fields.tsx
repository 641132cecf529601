"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import type { FormField } from "#domain/form.ts";
import { Button, IconButton } from "../_ui/button.tsx";
import { Field } from "../_ui/field.tsx";
import { Select } from "../_ui/select.tsx";
import { Switch } from "../_ui/switch.tsx";
import { type Path, valueAt } from "./draft.ts";
import { type FieldOf, fitsInRow, type SimpleField as Simple } from "./field-kinds.ts";
import { useFieldWords } from "./field-words.ts";
import { useForm } from "./form-context.ts";
import { FormSection } from "./form-section.tsx";
import { MeasureField } from "./measure-field.tsx";
import { sectionsOf } from "./sections.ts";
import { SimpleField } from "./simple-field.tsx";
import { useShownFields } from "./use-shown-fields.ts";

// Fields that hold fields draw each other, so they live in one file.

/**
 * Simple fields in a grid; what holds fields of its own takes a row. Each simple field spans three rows of the grid (its
 * words, its control, its error), so that controls stand in line however long the words above them are.
 */
export function SchemaFields({ fields, prefix }: { fields: readonly FormField[]; prefix: Path }) {
  const { plain, sections } = sectionsOf(useShownFields(fields, prefix));
  return (
    <Grid>
      {plain.map((field) => (
        <SchemaField key={field.path.join(".")} field={field} prefix={prefix} />
      ))}
      {sections.map((section) => (
        <FormSection key={section.name} prefix={prefix} {...section}>
          <Grid>
            {section.fields.map((field) => (
              <SchemaField key={field.path.join(".")} field={field} prefix={prefix} />
            ))}
          </Grid>
        </FormSection>
      ))}
    </Grid>
  );
}

function Grid({ children }: { children: ReactNode }) {
  return (
    <div className="-mb-5 grid grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))] items-start gap-x-5">
      {children}
    </div>
  );
}

function SchemaField({ field, prefix }: { field: FormField; prefix: Path }) {
  switch (field.kind) {
    case "number":
    case "integer":
    case "select":
    case "switch":
    case "text":
    case "colour":
    case "asset":
    case "media":
    case "template":
      return <SimpleField field={field} prefix={prefix} />;
    case "group":
      return <GroupField field={field} prefix={prefix} />;
    case "list":
      return <ListField field={field} prefix={prefix} />;
    case "variants":
      return <VariantsField field={field} prefix={prefix} />;
  }
}

/** Fields that belong together. One that may be left out has a switch, and remembers what it held. */
function GroupField({ field, prefix }: { field: FieldOf<"group">; prefix: Path }) {
  const form = useForm();
  const words = useFieldWords();
  const path = [...prefix, ...field.path];
  const value = form.valueAt(path);
  const [leftOut, setLeftOut] = useState<unknown>(undefined);
  const included = !field.optional || (value !== null && value !== undefined);
  const error = form.errorAt(path);
  const label = words.label(field.name);

  if (field.measure) return <MeasureField field={field} prefix={prefix} />;
  if (!field.optional && fitsInRow(field.fields)) {
    return (
      <fieldset aria-label={label} className="col-span-full mb-5 max-w-xl min-w-0">
        <GroupWords label={label} description={words.description(field.name)} />
        <FieldRow fields={field.fields} prefix={prefix} />
      </fieldset>
    );
  }
  function include(on: boolean): void {
    if (!on) setLeftOut(value);
    form.setAt(path, on ? (leftOut ?? field.default ?? defaultsOf(field.fields)) : null);
  }
  return (
    <fieldset aria-label={label} className="col-span-full mb-5 min-w-0 rounded-lg border border-line">
      <div className="flex items-center justify-between gap-4 border-b border-line bg-sunken/50 px-4 py-2.5 last:border-b-0">
        <GroupWords label={label} description={words.description(field.name)} />
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

/** What stands over a group; the group itself carries its name for assistive technology. */
function GroupWords({ label, description }: { label: string; description?: string }) {
  return (
    <div className="min-w-0">
      <p className="text-ui font-semibold">{label}</p>
      {description !== undefined && <p className="text-xs text-muted">{description}</p>}
    </div>
  );
}

function FieldRow({ fields, prefix }: { fields: readonly Simple[]; prefix: Path }) {
  return (
    <div className="mt-2 grid grid-cols-[repeat(auto-fit,minmax(min(8rem,100%),1fr))] gap-3">
      {fields.map((field) => (
        <SimpleField key={field.path.join(".")} field={field} prefix={prefix} place="row" />
      ))}
    </div>
  );
}

function ListField({ field, prefix }: { field: FieldOf<"list">; prefix: Path }) {
  const form = useForm();
  const words = useFieldWords();
  const t = useTranslations("common");
  const path = [...prefix, ...field.path];
  const value = form.valueAt(path) ?? field.default;
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const error = form.errorAt(path);
  const full = field.maxItems !== null && items.length >= field.maxItems;
  const label = words.label(field.name);
  const newItem = defaultsOf(field.item);
  const list = useRef<HTMLFieldSetElement>(null);

  function remove(index: number): void {
    form.setAt(
      path,
      items.filter((_, other) => other !== index),
    );
    // The one that takes its place, or the last one, or the button that adds one.
    requestAnimationFrame(() => {
      const left = [...(list.current?.querySelectorAll<HTMLElement>(":scope > ol > li") ?? [])];
      const place = left[Math.min(index, left.length - 1)];
      const target = place?.querySelector<HTMLElement>("[data-remove]:enabled, input, button:enabled");
      (target ?? list.current?.querySelector<HTMLElement>(":scope > [data-add]"))?.focus();
    });
  }
  return (
    <fieldset ref={list} aria-label={label} className="col-span-full mb-5 min-w-0">
      <GroupWords label={label} description={words.description(field.name)} />
      <ol className="mt-1 flex flex-col gap-2">
        {items.map((_, index) => (
          <Item
            key={index}
            label={`${label} ${index + 1}`}
            number={index + 1}
            fields={field.item}
            prefix={[...path, index]}
            removable={!form.disabled && items.length > field.minItems}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      {error !== undefined && <p className="mt-2 text-xs text-danger-text">{error}</p>}
      <Button
        size="sm"
        className="mt-3"
        icon={<Plus />}
        data-add
        // A form has several of these.
        aria-label={`${t("add")}: ${label}`}
        disabled={form.disabled || full}
        onClick={() => form.setAt(path, [...items, newItem])}
      >
        {t("add")}
      </Button>
    </fieldset>
  );
}

/** What a form begins with, so that it shows what will be taken; what only the user can say is left out. */
function defaultsOf(fields: readonly FormField[]): Record<string, unknown> {
  const known = fields.filter((field) => field.optional || field.default !== null);
  return Object.fromEntries(known.map((field) => [field.name, field.default]));
}

interface ItemProps {
  label: string;
  number: number;
  fields: readonly FormField[];
  prefix: Path;
  removable: boolean;
  onRemove: () => void;
}

/** A line where the fields fit into one; otherwise a box of their own. */
function Item({ label, number, fields, prefix, removable, onRemove }: ItemProps) {
  const t = useTranslations("common");
  const remove = <IconButton label={t("remove")} icon={<X />} disabled={!removable} onClick={onRemove} data-remove />;
  if (fitsInRow(fields)) {
    return (
      <li className="flex max-w-xl items-end gap-2">
        <span className="w-6 pb-1.5 text-right text-xs text-faint" aria-hidden>
          {number}
        </span>
        <fieldset aria-label={label} className="min-w-0 flex-1">
          <FieldRow fields={fields} prefix={prefix} />
        </fieldset>
        {remove}
      </li>
    );
  }
  return (
    <li className="rounded-lg border border-line bg-sunken/30 p-3 pt-2">
      <div className="mb-2 flex items-center justify-between">
        <span className="text-ui font-semibold tabular-nums">{number}</span>
        {remove}
      </div>
      <fieldset aria-label={label} className="min-w-0">
        <SchemaFields fields={fields} prefix={prefix} />
      </fieldset>
    </li>
  );
}

/** One of several shapes: choosing the shape brings its fields. */
function VariantsField({ field, prefix }: { field: FieldOf<"variants">; prefix: Path }) {
  const form = useForm();
  const words = useFieldWords();
  const path = [...prefix, ...field.path];
  const value = form.valueAt(path) ?? field.default;
  const tag = valueAt(value, [field.discriminator]);
  const chosen = field.variants.find((variant) => variant.value === tag) ?? null;
  const label = words.label(field.name);
  return (
    <fieldset aria-label={label} className="col-span-full mb-5 min-w-0 rounded-lg border border-line p-4">
      <GroupWords label={label} description={words.description(field.name)} />
      <Field className="mt-2 max-w-xs" label={words.label(field.discriminator)} error={form.errorAt(path)}>
        <Select
          value={chosen?.value ?? null}
          onChange={(next) => {
            const fields = field.variants.find((variant) => variant.value === next)?.fields ?? [];
            form.setAt(path, { [field.discriminator]: next, ...defaultsOf(fields) });
          }}
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
