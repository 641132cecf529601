"use client";
import { useLocale, useTranslations } from "next-intl";
import type { Finding } from "#domain/report/report.ts";
import { formatNumber } from "../../../_lib/format.ts";

/** What was measured of a finding, in words; null where a check measures nothing. */
export function useMeasured(): (finding: Finding) => string | null {
  const t = useTranslations("report.measured");
  const locale = useLocale();
  return ({ check, measured, threshold }) => {
    if (measured === null) return null;
    const value = formatNumber(locale, measured);
    const limit = formatNumber(locale, threshold);
    switch (check) {
      case "damage":
      case "order":
        return t(check, { value: measured });
      case "gap":
      case "duration":
      case "clipping":
        return t(check, { value });
      case "blur":
      case "blockiness":
        return t(check, { value, limit });
      case "black":
      case "frozen":
      case "interlacing":
      case "silent":
        return null;
    }
  };
}
