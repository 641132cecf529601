"use client";
import { useFormatter, useTranslations } from "next-intl";
import type { RunRow } from "#server/api/rows.ts";

/** That a run also did the work of other subtasks, whose outputs its command writes and of whom its log speaks, too. */
export function SharedNote({ subtaskNumbers }: Pick<RunRow, "subtaskNumbers">) {
  const t = useTranslations("tasks");
  const format = useFormatter();
  if (subtaskNumbers.length < 2) return null;
  const numbers = format.list(subtaskNumbers.map((number) => format.number(number)));
  return <p className="text-ui text-muted">{t("sharedRun", { numbers })}</p>;
}
