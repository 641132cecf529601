"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { fieldErrorsOf } from "#domain/form.ts";
import type { TemplateKind } from "#domain/template.ts";
import { type Draft, isDraft } from "../../../_forms/draft.ts";
import { useFieldSentence } from "../../../_lib/field-sentences.ts";
import { readJsonText } from "../../../_lib/json-text.ts";
import { CodeEditor } from "../../../_ui/code-editor.tsx";
import { templateSchemaOf } from "../template-schema.ts";

interface JsonParamsProps {
  kind: TemplateKind;
  text: string;
  /** `params` is null while the text is no JSON object. */
  onChange: (text: string, params: Draft | null) => void;
}

/** The same parameters as the form's, as text. */
export function JsonParams({ kind, text, onChange }: JsonParamsProps) {
  const t = useTranslations("templates");
  const sentenceOf = useFieldSentence();
  const diagnostics = useMemo(() => {
    const { value, faults, placed } = readJsonText(text);
    const wrong = value === undefined ? faults : errorsOf(kind, value).map(placed);
    return wrong.map((fault) => ({
      ...{ line: fault.line, column: fault.column },
      message: [fault.path, sentenceOf(fault)].filter(Boolean).join(": "),
    }));
  }, [kind, text, sentenceOf]);
  return (
    <CodeEditor
      language="json"
      label={t("json.label")}
      value={text}
      onChange={(next) => onChange(next, readParams(next))}
      diagnostics={diagnostics}
    />
  );
}

/** Null where the text is no JSON object. */
export function readParams(text: string): Draft | null {
  const { value } = readJsonText(text);
  return isDraft(value) ? value : null;
}

function errorsOf(kind: TemplateKind, value: unknown) {
  const parsed = templateSchemaOf(kind).safeParse(value);
  return parsed.success ? [] : fieldErrorsOf(parsed.error);
}
