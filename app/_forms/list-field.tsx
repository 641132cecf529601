"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, IconButton } from "../_ui/button.tsx";
import type { Path } from "./draft.ts";
import { type FieldOf, fitsInRow } from "./field-kinds.ts";
import { useFieldWords } from "./field-words.ts";
import { useForm } from "./form-context.ts";
import { FieldRow, Legend } from "./group-field.tsx";
import { SchemaFields } from "./schema-fields.tsx";

export function ListField({ field, prefix }: { field: FieldOf<"list">; prefix: Path }) {
  const form = useForm();
  const words = useFieldWords();
  const t = useTranslations("common");
  const path = [...prefix, ...field.path];
  const value = form.valueAt(path) ?? field.default;
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const error = form.errorAt(path);
  const full = field.maxItems !== null && items.length >= field.maxItems;
  const newItem = Object.fromEntries(field.item.map((inner) => [inner.name, inner.default]));

  return (
    <fieldset className="col-span-full mb-5 min-w-0">
      <Legend label={words.label(field.name)} description={words.description(field.name)} />
      <ol className="mt-1 flex flex-col gap-2">
        {items.map((_, index) => (
          <li key={index} className="flex max-w-xl items-end gap-2">
            <span className="w-6 pb-1.5 text-right text-xs text-faint" aria-hidden>
              {index + 1}
            </span>
            <div className="min-w-0 flex-1">
              {fitsInRow(field.item) ? (
                <FieldRow fields={field.item} prefix={[...path, index]} />
              ) : (
                <SchemaFields fields={field.item} prefix={[...path, index]} />
              )}
            </div>
            <IconButton
              label={t("remove")}
              icon={<X />}
              disabled={form.disabled || items.length <= field.minItems}
              onClick={() =>
                form.setAt(
                  path,
                  items.filter((_, other) => other !== index),
                )
              }
            />
          </li>
        ))}
      </ol>
      {error !== undefined && <p className="mt-2 text-xs text-danger-text">{error}</p>}
      <Button
        size="sm"
        className="mt-3"
        icon={<Plus />}
        disabled={form.disabled || full}
        onClick={() => form.setAt(path, [...items, newItem])}
      >
        {t("add")}
      </Button>
    </fieldset>
  );
}
