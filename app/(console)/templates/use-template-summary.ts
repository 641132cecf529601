"use client";
import { useTranslations } from "next-intl";
import type { Template } from "#domain/template.ts";
import { useFieldWords } from "../../_forms/field-words.ts";
import { summaryOf } from "./summary.ts";

export function useTemplateSummary(): (template: Template) => string {
  const t = useTranslations("templates.summary");
  const check = useTranslations("report.check");
  const words = useFieldWords();
  return (template) =>
    summaryOf(template, {
      // One line has no room for what stands in brackets: "H.265 (HEVC)".
      value: (field, value) => words.valueLabel(field, value).replace(/\s*[(（].*$/u, ""),
      sourceSize: t("sourceSize"),
      wide: (width) => t("wide", { width }),
      everySeconds: (seconds) => t("everySeconds", { seconds }),
      everyPercent: (percent) => t("everyPercent", { percent }),
      evenly: (count) => t("evenly", { count }),
      everyScene: t("everyScene"),
      highlight: (parts, seconds) => t("highlight", { parts, seconds }),
      tiles: (columns, rows) => t("tiles", { columns, rows }),
      quality: (crf) => t("quality", { crf }),
      contentAdaptive: t("contentAdaptive"),
      upTo: (most) => t("upTo", { most }),
      copied: t("copied"),
      noVideo: t("noVideo"),
      noAudio: t("noAudio"),
      check: (name) => check(name),
      heads: (count) => t("heads", { count }),
      tails: (count) => t("tails", { count }),
    });
}
