"use client";
import { useLocale, useTranslations } from "next-intl";
import { type Range, sumOf } from "#domain/estimate/experience.ts";
import { makesMedia } from "#domain/operations/operation.ts";
import type { SubtaskRow } from "#server/api/rows.ts";
import { formatBytes, formatElapsed } from "../../_lib/format.ts";
import type { Fact } from "../../_ui/fact-list.tsx";

/** `12 MB – 15 MB`, or one of the two where they are printed alike. */
export function useRanges(): { bytes: (range: Range) => string; seconds: (range: Range) => string } {
  const t = useTranslations("plan");
  const locale = useLocale();
  const between = (low: string, high: string) => (low === high ? low : t("range", { low, high }));
  return {
    bytes: ({ low, high }) => between(formatBytes(locale, low), formatBytes(locale, high)),
    seconds: ({ low, high }) => between(formatElapsed(locale, low), formatElapsed(locale, high)),
  };
}

type Estimated = Pick<
  SubtaskRow,
  "estimate" | "state" | "kind" | "outputs" | "made" | "runId" | "startedAt" | "endedAt"
>;

/** What was expected of subtasks, and, once all that were estimated have succeeded, what came of it. Empty: nothing was. */
export function useEstimateFacts(subtasks: readonly Estimated[]): Fact[] {
  const t = useTranslations("plan");
  const locale = useLocale();
  const ranges = useRanges();
  const estimated = subtasks.flatMap(({ estimate, ...one }) => (estimate === null ? [] : [{ ...one, estimate }]));
  if (estimated.length === 0) return [];
  const done = estimated.every(({ state }) => state === "succeeded");
  const sizes = sumOf(estimated.map(({ estimate }) => estimate.sizeBytes));
  // Subtasks of one run share its time.
  const runs = [...new Map(estimated.map((one) => [one.runId, one])).values()];
  const times = sumOf(runs.map(({ estimate }) => estimate.seconds));
  const bytes = estimated.reduce((sum, one) => sum + bytesOf(one), 0);
  const seconds = secondsOf(runs);
  const told = (range: string, expected: number, real: number, print: (value: number) => string) => {
    if (!done || real === 0) return t("estimated", { range });
    const error = new Intl.NumberFormat(locale, { style: "percent", signDisplay: "exceptZero" });
    return t("was", { range, real: print(real), error: error.format(real / expected - 1) });
  };
  return [
    {
      label: t("size"),
      value: told(ranges.bytes(sizes), sizes.expected, bytes, (value) => formatBytes(locale, value)),
    },
    {
      label: t("time"),
      value: told(ranges.seconds(times), times.expected, seconds, (value) => formatElapsed(locale, value)),
    },
  ];
}

function bytesOf({ kind, made, outputs }: Omit<Estimated, "estimate">): number {
  if (makesMedia(kind)) return made?.media.sizeBytes ?? 0;
  return outputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** From the first start to the last end: runs side by side share the machine, and take as long as one after another. */
function secondsOf(runs: readonly Omit<Estimated, "estimate">[]): number {
  const starts = runs.flatMap(({ startedAt }) => startedAt?.getTime() ?? []);
  const ends = runs.flatMap(({ endedAt }) => endedAt?.getTime() ?? []);
  return starts.length === 0 || ends.length === 0 ? 0 : (Math.max(...ends) - Math.min(...starts)) / 1000;
}
