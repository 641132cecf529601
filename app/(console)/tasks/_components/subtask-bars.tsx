"use client";
import { useTranslations } from "next-intl";
import type { SubtaskState } from "#domain/task.ts";
import type { TaskRow } from "#server/api/rows.ts";
import { classes } from "../../../_ui/classes.ts";

const BARS_MAX = 12;

const FILL: Record<SubtaskState, string> = {
  waiting: "bg-neutral-bar",
  processing: "bg-info",
  succeeded: "bg-success",
  failed: "bg-danger",
  cancelled: "bg-warning",
};

/** `3/5` and one small bar each, coloured by state; a processing one fills from below. */
export function SubtaskBars({ task }: { task: Pick<TaskRow, "subtasks" | "counts"> }) {
  const t = useTranslations("tasks");
  const { subtasks, counts } = task;
  return (
    <span className="flex items-center gap-2" title={t("subtaskCounts", { ...counts })}>
      <span className="text-muted" aria-hidden>
        {counts.succeeded}/{subtasks.length}
      </span>
      <span className="sr-only">{t("subtasksSucceeded", { total: subtasks.length, succeeded: counts.succeeded })}</span>
      <span aria-hidden className="flex h-3.5 items-end gap-0.5">
        {subtasks.length <= BARS_MAX
          ? subtasks.map((subtask) => <Bar key={subtask.id} {...subtask} />)
          : STRIP.map((state) =>
              counts[state] === 0 ? null : (
                <span
                  key={state}
                  className={classes("h-full rounded-[1px]", FILL[state])}
                  style={{ width: `${(counts[state] / subtasks.length) * 3.25}rem` }}
                />
              ),
            )}
      </span>
    </span>
  );
}

const STRIP: readonly SubtaskState[] = ["succeeded", "failed", "cancelled", "processing", "waiting"];

function Bar({ state, progressPercent }: TaskRow["subtasks"][number]) {
  if (state !== "processing") return <span className={classes("h-full w-1 rounded-[1px]", FILL[state])} />;
  return (
    <span className="relative h-full w-1 overflow-hidden rounded-[1px] bg-info/25">
      <span
        className="absolute inset-x-0 bottom-0 bg-info transition-[height] duration-500 ease-linear"
        style={{ height: `${Math.max(12, progressPercent)}%` }}
      />
    </span>
  );
}
