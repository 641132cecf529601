"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { fieldErrorsOf } from "#domain/form.ts";
import { type Step, stepsBody } from "#domain/procedure.ts";
import { useFieldSentence } from "../../../_lib/field-sentences.ts";
import { readJsonText } from "../../../_lib/json-text.ts";
import { CodeEditor } from "../../../_ui/code-editor.tsx";

interface JsonStepsProps {
  text: string;
  /** `steps` is null while the text is not yet a procedure. */
  onChange: (text: string, steps: Step[] | null) => void;
}

/** The same steps as text, checked while it is typed. */
export function JsonSteps({ text, onChange }: JsonStepsProps) {
  const t = useTranslations("procedures");
  const sentenceOf = useFieldSentence();
  const diagnostics = useMemo(() => {
    const { value, faults, placed } = readJsonText(text);
    const parsed = value === undefined ? null : stepsBody.safeParse(value);
    const wrong = parsed === null ? faults : parsed.success ? [] : fieldErrorsOf(parsed.error).map(placed);
    return wrong.map((fault) => ({
      ...{ line: fault.line, column: fault.column },
      message: [fault.path, sentenceOf(fault)].filter(Boolean).join(": "),
    }));
  }, [text, sentenceOf]);
  return (
    <CodeEditor
      language="json"
      label={t("views.json")}
      value={text}
      onChange={(next) => onChange(next, stepsIn(next))}
      diagnostics={diagnostics}
    />
  );
}

/** Null where the text is no procedure. */
export function stepsIn(text: string): Step[] | null {
  return stepsBody.safeParse(readJsonText(text).value).data?.steps ?? null;
}
