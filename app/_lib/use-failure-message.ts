"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Failure } from "#domain/error.ts";
import { failureOf, wrongFieldsOf } from "./failure.ts";
import { fieldSentencesOf } from "./field-sentences.ts";

export interface FailureMessage {
  /** One sentence in the user's language. */
  text: string;
  /** For the operator: a field name, a path, the end of a log. Empty when there is nothing to add. */
  detail: string;
  /** Input path → sentence. */
  fields: Readonly<Record<string, string>>;
}

/** Puts whatever a query or mutation threw into the user's words. */
export function useFailureMessage(): (error: unknown) => FailureMessage {
  const t = useTranslations("common");
  const sentenceOf = useFailureSentence();
  const validation = useTranslations("validation");
  return useCallback(
    (error) => {
      const failure = failureOf(error);
      if (failure === null) return { text: t("offline"), detail: "", fields: {} };
      const fields = fieldSentencesOf(wrongFieldsOf(error), validation);
      return { text: sentenceOf(failure.code), detail: failure.detail, fields: Object.fromEntries(fields) };
    },
    [t, sentenceOf, validation],
  );
}

/** The sentence of a stored error's code. */
export function useFailureSentence(): (code: Failure["code"]) => string {
  const t = useTranslations("errors");
  return useCallback((code) => t(code), [t]);
}
