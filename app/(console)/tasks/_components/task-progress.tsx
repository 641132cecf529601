"use client";
import { useLocale, useTranslations } from "next-intl";
import type { TaskState } from "#domain/task.ts";
import { formatElapsed, formatPercent, formatSpeed, NONE } from "../../../_lib/format.ts";
import { ProgressBar } from "../../../_ui/progress-bar.tsx";

interface TaskProgressProps {
  state: TaskState;
  percent: number;
  remainingSeconds: number | null;
  startedAt: Date | null;
  endedAt: Date | null;
  /** Encoding speed against real time, where one process does the work. */
  speed?: number | null;
}

/** While it runs: how far, how fast, how long yet. Afterwards: how long it took. */
export function TaskProgress({
  state,
  percent,
  remainingSeconds,
  startedAt,
  endedAt,
  speed = null,
}: TaskProgressProps) {
  const t = useTranslations("tasks");
  const locale = useLocale();
  if (state === "waiting" || startedAt === null) return <span className="text-faint">{NONE}</span>;
  if (state !== "processing") {
    const seconds = endedAt === null ? null : (endedAt.getTime() - startedAt.getTime()) / 1000;
    return (
      <span className="whitespace-nowrap text-muted">
        {seconds === null ? NONE : t("took", { time: formatElapsed(locale, seconds) })}
      </span>
    );
  }
  const notes = [
    speed === null ? null : formatSpeed(locale, speed),
    remainingSeconds === null ? null : t("left", { time: formatElapsed(locale, Math.ceil(remainingSeconds)) }),
  ];
  return (
    <span className="block min-w-24">
      <span className="flex justify-between gap-2 text-xs whitespace-nowrap">
        <span className="font-medium">{formatPercent(locale, percent)}</span>
        <span className="truncate text-muted">{notes.filter((note) => note !== null).join(" · ")}</span>
      </span>
      <ProgressBar percent={percent} label={t("columns.progress")} className="mt-1" />
    </span>
  );
}
