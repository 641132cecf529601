"use client";
import { useFormatter, useTranslations } from "next-intl";
import { type Condition, condition } from "#domain/condition.ts";
import type { Draft } from "../../../_forms/draft.ts";

/** Conditions as a line to read: “Height is at least 1,080 px and HDR: yes”. Those half typed are left out. */
export function useConditionWords(): (when: readonly Draft[] | readonly Condition[]) => string {
  const t = useTranslations("procedures.when");
  const facts = useTranslations("procedures.facts");
  const comparisons = useTranslations("procedures.comparisons");
  const kinds = useTranslations("procedures.mediaKinds");
  const units = useTranslations("procedures.factUnits");
  const format = useFormatter();
  const wordsOf = (one: Condition): string => {
    const fact = facts(one.fact);
    if (typeof one.value === "boolean") return t("flag", { fact, value: t(one.value ? "yes" : "no") });
    const comparison = comparisons(one.is);
    if (typeof one.value === "number") {
      const unit = one.fact === "audioTracks" ? "" : units(one.fact);
      const value = [format.number(one.value, { maximumFractionDigits: 3 }), unit].filter(Boolean).join(" ");
      return t("compared", { fact, comparison, value });
    }
    return t("compared", { fact, comparison, value: one.fact === "kind" ? kinds(one.value) : one.value });
  };
  return (when) => {
    const parsed = when.flatMap((one) => condition.safeParse(one).data ?? []);
    return format.list(parsed.map(wordsOf));
  };
}
