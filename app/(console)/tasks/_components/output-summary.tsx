"use client";
import { useLocale, useTranslations } from "next-intl";
import type { OutputRow } from "#server/api/rows.ts";
import { formatBytes, formatDuration, formatSize } from "../../../_lib/format.ts";
import { VerdictBadge } from "../_report/verdict-badge.tsx";

/** What a subtask made, in a few words: `1280 × 720 · 1:05 · 2.1 MB`, `12 images · 480 kB`. */
export function OutputSummary({ outputs }: { outputs: readonly OutputRow[] }) {
  const t = useTranslations("tasks");
  const locale = useLocale();
  const [first] = outputs;
  if (first === undefined) return null;
  const main = outputs.filter(({ role }) => role === first.role);
  const { widthPx, heightPx, durationSeconds } = first.facts;
  const parts = [
    main.length > 1 ? t("outputCount", { count: main.length, role: first.role }) : null,
    widthPx && heightPx ? formatSize(widthPx, heightPx) : null,
    main.length === 1 && durationSeconds ? formatDuration(durationSeconds) : null,
    formatBytes(
      locale,
      outputs.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
    ),
  ];
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap text-muted">
      {first.facts.verdict !== undefined && <VerdictBadge verdict={first.facts.verdict} />}
      {parts.filter((part) => part !== null).join(" · ")}
    </span>
  );
}
