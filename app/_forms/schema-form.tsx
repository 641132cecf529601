"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { z } from "zod";
import { fieldErrorsOf, fieldsOf } from "#domain/form.ts";
import { type Draft, nameOfPath, type Path, valueAt, withValueAt } from "./draft.ts";
import { type Form, FormContext } from "./form-context.ts";
import { SchemaFields } from "./schema-fields.tsx";

export interface SchemaFormProps {
  schema: z.ZodObject;
  value: Draft;
  onChange: (value: Draft) => void;
  disabled?: boolean;
}

/**
 * Draws any object schema and checks the input with it. It knows kinds of fields, never operations: a new parameter shows
 * up here by being added to its schema, and gets its words from the messages `fields`, `values` and `validation`.
 */
export function SchemaForm({ schema, value, onChange, disabled = false }: SchemaFormProps) {
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const errors = useFieldErrors(schema, value);
  /** A half-typed number is no error yet, unless it is the correction of one. */
  const [typing, setTyping] = useState<string | null>(null);

  const form: Form = {
    valueAt: (path) => valueAt(value, path),
    setAt: (path, next) => onChange(withValueAt(value, path, next)),
    typeAt: (path, next) => {
      const name = nameOfPath(path);
      if (!errors.has(name)) setTyping(name);
      onChange(withValueAt(value, path, next));
    },
    leave: () => setTyping(null),
    errorAt: (path) => (nameOfPath(path) === typing ? undefined : errors.get(nameOfPath(path))),
    disabled,
  };
  return (
    <FormContext value={form}>
      <SchemaFields fields={fields} prefix={ROOT} />
    </FormContext>
  );
}

const ROOT: Path = [];

function useFieldErrors(schema: z.ZodObject, value: Draft): ReadonlyMap<string, string> {
  const t = useTranslations("validation");
  const common = useTranslations("common");
  return useMemo(() => {
    const parsed = schema.safeParse(value);
    const sentences = new Map<string, string>();
    if (parsed.success) return sentences;
    for (const { path, message, values } of fieldErrorsOf(parsed.error)) {
      // The first thing wrong with a field is what to put right first.
      if (!sentences.has(path)) sentences.set(path, t.has(message) ? t(message, values) : common("wrongValue"));
    }
    return sentences;
  }, [schema, value, t, common]);
}

/** After a refused submit: to the first control that is wrong, so that it is seen and heard. */
export function focusFirstError(form: HTMLElement): void {
  form.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}
