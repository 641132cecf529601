import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { FieldError } from "#domain/form.ts";
import type { ProcedureFault } from "#domain/procedure-fault.ts";

/** The part of a translator of the namespace `validation` that is needed here. */
interface Validation {
  (key: string, values?: FieldError["values"]): string;
  has: (key: string) => boolean;
}

/** What is wrong with an input, as input path → sentence. A message nobody wrote says that the value is not allowed. */
export function fieldSentencesOf(errors: readonly FieldError[], t: Validation): ReadonlyMap<string, string> {
  const sentences = new Map<string, string>();
  for (const { path, message, values } of errors) {
    // The first thing wrong with a field is what to put right first.
    if (!sentences.has(path)) sentences.set(path, t.has(message) ? t(message, values) : t("wrongType", UNKNOWN_TYPE));
  }
  return sentences;
}

const UNKNOWN_TYPE = { expected: "" };

/** What one thing wrong is in words. */
export function useFieldSentence(): (error: FieldError) => string {
  const t = useTranslations("validation");
  return useCallback((error) => fieldSentencesOf([error], t).get(error.path) ?? "", [t]);
}

/** The same of one fault in the text of a procedure, with its place. */
export function useFaultSentence(): (fault: ProcedureFault) => string {
  const t = useTranslations("validation");
  const sentenceOf = useFieldSentence();
  return useCallback(
    ({ line, column, path, reason, values }) => {
      const said = sentenceOf({ path, message: reason, values });
      return t("place", { line, column, text: path === "" ? said : `${path}: ${said}` });
    },
    [t, sentenceOf],
  );
}
