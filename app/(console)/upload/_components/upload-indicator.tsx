"use client";
import { ArrowUpFromLine } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { formatPercent } from "../../../_lib/format.ts";
import { routes } from "../../../_lib/routes.ts";
import { ProgressBar } from "../../../_ui/progress-bar.tsx";
import { isUnfinished } from "../_engine/upload-entry.ts";
import { useUploadEntries } from "./upload-queue-context.ts";

/** On every other page: that something is on its way, how far it is, and the way to it. */
export function UploadIndicator() {
  const t = useTranslations("upload");
  const locale = useLocale();
  const here = usePathname() === routes.upload();
  const unfinished = useUploadEntries().filter(isUnfinished);
  if (here || unfinished.length === 0) return null;
  const sizeBytes = unfinished.reduce((sum, entry) => sum + entry.file.size, 0);
  const sentBytes = unfinished.reduce((sum, entry) => sum + entry.sentBytes, 0);
  const percent = (sentBytes / sizeBytes) * 100;
  const lost = unfinished.every((entry) => entry.state === "reconnecting");
  return (
    <Link
      href={routes.upload()}
      className="fixed right-4 bottom-4 z-30 flex w-60 flex-col gap-2 rounded-lg border border-line bg-raised px-3.5 py-2.5 shadow-popup hover:border-line-strong"
    >
      <span className="flex items-center gap-2 text-ui">
        <ArrowUpFromLine className="size-4 shrink-0 text-accent-text" aria-hidden />
        <span className="min-w-0 flex-1 truncate font-medium">
          {lost ? t("row.reconnecting") : t("indicator", { count: unfinished.length })}
        </span>
        <span className="text-xs text-muted">{formatPercent(locale, percent)}</span>
      </span>
      <ProgressBar percent={percent} label={t("title")} tone={lost ? "warning" : "accent"} />
    </Link>
  );
}
