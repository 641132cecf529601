"use client";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import type { z } from "zod";
import { fieldErrorsOf, fieldsOf } from "#domain/form.ts";
import { fieldSentencesOf } from "../_lib/field-sentences.ts";
import { type Choice, choicesOf, mootness } from "./choices.ts";
import { type Draft, nameOfPath, type Path, valueAt, withValueAt } from "./draft.ts";
import { type Form, FormContext } from "./form-context.ts";
import { SchemaFields } from "./schema-fields.tsx";

export interface SchemaFormProps {
  schema: z.ZodObject;
  value: Draft;
  onChange: (value: Draft) => void;
  disabled?: boolean;
  /** Somebody tried to submit it: what is missing may be said now. */
  refused?: boolean;
}

/**
 * Draws any object schema and checks the input with it. It knows kinds of fields, never operations: a new parameter shows
 * up here by being added to its schema, and gets its words from the messages `fields`, `values` and `validation`.
 */
export function SchemaForm({ schema, value, onChange, disabled = false, refused = false }: SchemaFormProps) {
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const errors = useFieldErrors(schema, value);
  const asks = useAsks(schema, value);
  /** A half-typed number is no error yet, unless it is the correction of one. */
  const [typing, setTyping] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());

  const form: Form = {
    valueAt: (path) => valueAt(value, path),
    setAt: (path, next) => onChange(withValueAt(value, path, next)),
    typeAt: (path, next) => {
      const name = nameOfPath(path);
      if (!errors.has(name)) setTyping(name);
      onChange(withValueAt(value, path, next));
    },
    leave: (path) => {
      setTyping(null);
      setLeft((before) => (before.has(nameOfPath(path)) ? before : new Set([...before, nameOfPath(path)])));
    },
    isAsked: (path) => refused || left.has(nameOfPath(path)),
    isWrongWithin: (path) => {
      const name = nameOfPath(path);
      return [...errors.keys()].some((wrong) => wrong === name || wrong.startsWith(`${name}.`));
    },
    errorAt: (path) => (nameOfPath(path) === typing ? undefined : errors.get(nameOfPath(path))),
    ...asks,
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
  return useMemo(() => {
    const parsed = schema.safeParse(value);
    return fieldSentencesOf(parsed.success ? [] : fieldErrorsOf(parsed.error), t);
  }, [schema, value, t]);
}

/** Asking the schema about every field takes a while, so typing does not wait for it, and nothing is asked twice. */
function useAsks(schema: z.ZodObject, value: Draft): Pick<Form, "choicesAt" | "mootAt"> {
  const t = useTranslations("validation");
  const draft = useDeferredValue(value);
  return useMemo(() => {
    const choices = new Map<string, Choice[]>();
    const moot = new Map<string, string | undefined>();
    return {
      choicesAt: (path, values) => remembered(choices, nameOfPath(path), () => choicesOf(schema, draft, path, values)),
      mootAt: (path, field) =>
        remembered(moot, nameOfPath(path), () => {
          const reason = mootness(schema, draft, path, field);
          return reason === null ? undefined : fieldSentencesOf([reason], t).get(reason.path);
        }),
    };
  }, [schema, draft, t]);
}

function remembered<Value>(known: Map<string, Value>, name: string, find: () => Value): Value {
  const found = known.get(name);
  if (found !== undefined || known.has(name)) return found as Value;
  const value = find();
  known.set(name, value);
  return value;
}

/** After a refused submit: to the first control that is wrong, so that it is seen and heard. */
export function focusFirstError(form: HTMLElement): void {
  form.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}
