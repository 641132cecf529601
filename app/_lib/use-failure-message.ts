"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Failure } from "#domain/error.ts";
import { faultOfDetail } from "#domain/procedure-fault.ts";
import { failureOf, wrongFieldsOf } from "./failure.ts";
import { fieldSentencesOf, useFaultSentence } from "./field-sentences.ts";

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
  const detailOf = useFailureDetail();
  const validation = useTranslations("validation");
  return useCallback(
    (error) => {
      const failure = failureOf(error);
      if (failure === null) return { text: t("offline"), detail: "", fields: {} };
      const fields = fieldSentencesOf(wrongFieldsOf(error), validation);
      return { text: sentenceOf(failure.code), detail: detailOf(failure), fields: Object.fromEntries(fields) };
    },
    [t, sentenceOf, detailOf, validation],
  );
}

/** The sentence of a stored error's code. */
export function useFailureSentence(): (code: Failure["code"]) => string {
  const t = useTranslations("errors");
  return useCallback((code) => t(code), [t]);
}

/** Of the text of a procedure: what is wrong at which place of it. Of everything else as it is. */
export function useFailureDetail(): (failure: Failure) => string {
  const sentenceOf = useFaultSentence();
  return useCallback(
    ({ code, detail }) => {
      const fault = code === "PROCEDURE_INVALID" || code === "PROCEDURE_FAILED" ? faultOfDetail(detail) : null;
      return fault === null ? detail : sentenceOf(fault);
    },
    [sentenceOf],
  );
}
