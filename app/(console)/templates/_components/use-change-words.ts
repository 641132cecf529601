"use client";
import { useTranslations } from "next-intl";
import { useTrailWords } from "../../../_forms/param-changes.tsx";
import type { TemplateChanges } from "../template-changes.ts";

/** What changed, in one line of names: `Name · Picture › Height`. */
export function useChangeWords(): (changes: TemplateChanges) => string {
  const t = useTranslations("templates.changes");
  const common = useTranslations("common");
  const trailOf = useTrailWords();
  return ({ params, words }) =>
    [...words.map(({ field }) => common(field)), ...params.map(({ trail }) => trailOf(trail))].join(" · ") || t("none");
}
