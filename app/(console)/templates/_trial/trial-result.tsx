"use client";
import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import type { TrialRow } from "#server/api/rows.ts";
import {
  formatBitrate,
  formatBytes,
  formatDuration,
  formatElapsed,
  formatSize,
  formatSpeed,
  formatTimestamp,
} from "../../../_lib/format.ts";
import { type Fact, FactList } from "../../../_ui/fact-list.tsx";
import { PictureCompare } from "./picture-compare.tsx";
import { SoundCompare } from "./sound-compare.tsx";
import { SplitPlayer, type SplitPlayerHandle } from "./split-player.tsx";

type Result = NonNullable<TrialRow["result"]>;

export function TrialResultView({ result, urls }: { result: Result; urls: TrialRow["urls"] }) {
  const t = useTranslations("trial");
  const locale = useLocale();
  const player = useRef<SplitPlayerHandle>(null);
  const { startSeconds, durationSeconds, sizeBytes, wholeSizeBytes, seconds, wholeSeconds, shown } = result;
  const moves = shown.kind !== "pictures";
  const facts: Fact[] = [
    {
      label: t("facts.stretch"),
      value: `${formatTimestamp(startSeconds)} + ${formatDuration(durationSeconds)}`,
    },
    {
      label: t("facts.size"),
      value: [
        formatBytes(locale, sizeBytes),
        ...(moves ? [formatBitrate(locale, (8 * sizeBytes) / durationSeconds)] : []),
      ].join(" · "),
    },
    { label: t("facts.wholeSize"), value: about(wholeSizeBytes, (bytes) => formatBytes(locale, bytes)) },
    {
      label: t("facts.time"),
      value: moves
        ? `${formatElapsed(locale, seconds)} · ${formatSpeed(locale, durationSeconds / seconds)}`
        : formatElapsed(locale, seconds),
    },
    { label: t("facts.wholeTime"), value: about(wholeSeconds, (each) => formatElapsed(locale, each)) },
  ];
  if (shown.kind === "film") {
    const { made, ssim } = shown;
    facts.push({ label: t("facts.made"), value: `${formatSize(made.widthPx, made.heightPx)} · ${made.codec}` });
    if (ssim !== null) {
      const number = (value: number) =>
        value.toLocaleString(locale, { maximumFractionDigits: 4, minimumFractionDigits: 4 });
      facts.push(
        { label: t("facts.ssim"), value: <span title={t("ssimText")}>{number(ssim.all)}</span> },
        { label: t("facts.planes"), value: [ssim.y, ssim.u, ssim.v].map(number).join(" · ") },
        {
          label: t("facts.lowest"),
          value: (
            <button
              type="button"
              className="text-left underline decoration-line-control underline-offset-2 hover:decoration-current"
              onClick={() => player.current?.show(ssim.lowestAtSeconds)}
            >
              {t("lowestAt", {
                value: number(ssim.lowest),
                time: formatTimestamp(startSeconds + ssim.lowestAtSeconds),
              })}
            </button>
          ),
        },
      );
    }
  }
  return (
    <div className="flex flex-col gap-4">
      <FactList facts={facts} />
      {shown.kind === "film" && (
        <SplitPlayer key={urls[shown.pairName]} ref={player} film={shown} url={urls[shown.pairName] ?? ""} />
      )}
      {shown.kind === "sound" && <SoundCompare sound={shown} urls={urls} />}
      {shown.kind === "pictures" && <PictureCompare pictures={shown} urls={urls} />}
      {shown.kind === "film" && <p className="text-xs text-muted">{t("ssimText")}</p>}
    </div>
  );
}

function about(value: number | null, print: (value: number) => string): string {
  return value === null ? "—" : `≈ ${print(value)}`;
}
