"use client";
import { useLocale, useTranslations } from "next-intl";
import { displaySizeOf, type MediaInfo } from "#domain/media.ts";
import type { OutputFacts } from "#domain/plan.ts";
import {
  formatBitrate,
  formatBytes,
  formatDuration,
  formatNumber,
  formatSize,
  formatTimestamp,
} from "../../../_lib/format.ts";
import type { Fact } from "../../../_ui/fact-list.tsx";

/** What was probed of a source, in words. */
export function useMediaFacts(info: MediaInfo): Fact[] {
  const t = useTranslations("tasks.facts");
  const locale = useLocale();
  const { video } = info;
  const [audio] = info.audio;
  const facts: (Fact | null)[] = [
    { label: t("container"), value: info.formatName.replaceAll(",", ", ") },
    info.durationSeconds > 0 ? { label: t("duration"), value: formatDuration(info.durationSeconds) } : null,
    { label: t("size"), value: formatBytes(locale, info.sizeBytes) },
    info.bitrateBps > 0 ? { label: t("bitrate"), value: formatBitrate(locale, info.bitrateBps) } : null,
    video === null ? null : { label: t("dimensions"), value: dimensionsOf(video) },
    video === null ? null : { label: t("videoCodec"), value: video.codec },
    video === null || info.durationSeconds === 0
      ? null
      : { label: t("frameRate"), value: t("framesPerSecond", { value: formatNumber(locale, video.framesPerSecond) }) },
    audio === undefined
      ? { label: t("audioCodec"), value: t("noAudio") }
      : { label: t("audioCodec"), value: `${audio.codec} · ${formatNumber(locale, audio.sampleRateHz / 1000)} kHz` },
    audio === undefined ? null : { label: t("channels"), value: formatNumber(locale, audio.channels) },
  ];
  return facts.filter((fact) => fact !== null);
}

function dimensionsOf(video: NonNullable<MediaInfo["video"]>): string {
  const { widthPx, heightPx } = displaySizeOf(video);
  return formatSize(widthPx, heightPx);
}

/** What is known of an output, in words. */
export function useOutputFacts(): (facts: OutputFacts) => string[] {
  const t = useTranslations("tasks.facts");
  const locale = useLocale();
  return (facts) =>
    [
      facts.atSeconds === undefined ? null : t("at", { time: formatTimestamp(facts.atSeconds) }),
      facts.widthPx && facts.heightPx ? formatSize(facts.widthPx, facts.heightPx) : null,
      facts.durationSeconds ? formatDuration(facts.durationSeconds) : null,
      facts.videoCodec ?? null,
      facts.audioCodec ?? null,
      facts.bitrateBps ? formatBitrate(locale, facts.bitrateBps) : null,
      facts.framesPerSecond ? t("framesPerSecond", { value: formatNumber(locale, facts.framesPerSecond) }) : null,
      facts.copiedRung === undefined ? null : t(facts.copiedRung ? "rungCopied" : "noRungCopied"),
      facts.tileCount ? t("tiles", { count: facts.tileCount }) : null,
    ].filter((fact) => fact !== null);
}
