"use client";
import { useLocale, useTranslations } from "next-intl";
import { type AudioStream, displaySizeOf, type MediaInfo, type VideoStream } from "#domain/media.ts";
import type { MediaDetail } from "#server/api/rows.ts";
import { formatBitrate, formatBytes, formatDuration, formatNumber, formatSize, NONE } from "../../../_lib/format.ts";
import { Card } from "../../../_ui/card.tsx";
import { type Fact, FactList } from "../../../_ui/fact-list.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";

/** The media at a glance. */
export function MediaFacts({ media }: { media: MediaDetail }) {
  const t = useTranslations("media.facts");
  const common = useTranslations("common");
  const states = useTranslations("states");
  const locale = useLocale();
  const { info } = media;
  const facts: Fact[] = [
    { label: t("kind"), value: states(`mediaKind.${media.kind}`) },
    { label: t("duration"), value: info.durationSeconds > 0 ? formatDuration(info.durationSeconds) : NONE },
    { label: t("dimensions"), value: formatSize(media.widthPx, media.heightPx) },
    { label: t("size"), value: formatBytes(locale, media.sizeBytes) },
    { label: t("bitrate"), value: formatBitrate(locale, info.bitrateBps) },
    { label: t("container"), value: info.formatName.replaceAll(",", ", ") || NONE },
    { label: t("videoCodec"), value: info.video?.codec ?? NONE },
    { label: t("audioCodec"), value: info.audio.map(({ codec }) => codec).join(", ") || NONE },
    { label: t("source"), value: states(`mediaSource.${media.source}`) },
    { label: common("created"), value: <RelativeTime date={media.createdAt} /> },
    ...(media.createdByName === null ? [] : [{ label: t("createdBy"), value: media.createdByName }]),
  ];
  return (
    <Card title={t("title")}>
      <FactList facts={facts} className="max-sm:grid-cols-2! xl:grid-cols-2!" />
    </Card>
  );
}

/** Everything that was probed, stream by stream. */
export function StreamFacts({ info }: { info: MediaInfo }) {
  const t = useTranslations("media.streams");
  const videoFacts = useVideoFacts();
  const audioFacts = useAudioFacts();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {info.video !== null && (
        <Card title={t("video", { index: info.video.index })}>
          <FactList facts={videoFacts(info.video)} className="max-sm:grid-cols-2!" />
        </Card>
      )}
      {info.audio.map((audio) => (
        <Card key={audio.index} title={t("audio", { index: audio.index })}>
          <FactList facts={audioFacts(audio)} className="max-sm:grid-cols-2!" />
        </Card>
      ))}
      {info.subtitles.map((subtitle) => (
        <Card key={subtitle.index} title={t("subtitle", { index: subtitle.index })}>
          <FactList
            facts={[
              { label: t("codec"), value: subtitle.codec },
              { label: t("language"), value: subtitle.language ?? NONE },
              ...(subtitle.title === null ? [] : [{ label: t("streamTitle"), value: subtitle.title }]),
            ]}
          />
        </Card>
      ))}
    </div>
  );
}

function useVideoFacts(): (video: VideoStream) => Fact[] {
  const t = useTranslations("media.streams");
  const locale = useLocale();
  return (video) => {
    const shown = displaySizeOf(video);
    const rate = video.framesPerSecond > 0 ? t("fps", { value: formatNumber(locale, video.framesPerSecond, 3) }) : NONE;
    return [
      { label: t("codec"), value: [video.codec, video.profile].filter((part) => part !== null).join(" · ") },
      { label: t("tag"), value: video.codecTag || NONE },
      { label: t("stored"), value: formatSize(video.widthPx, video.heightPx) },
      { label: t("shown"), value: formatSize(shown.widthPx, shown.heightPx) },
      { label: t("rotation"), value: t("degrees", { value: video.rotationDegrees }) },
      { label: t("pixelAspect"), value: formatNumber(locale, video.sampleAspectRatio, 4) },
      { label: t("frameRate"), value: video.variableFrameRate ? t("variable", { rate }) : rate },
      { label: t("bitrate"), value: formatBitrate(locale, video.bitrateBps) },
      { label: t("pixelFormat"), value: video.pixelFormat ?? NONE },
      { label: t("dynamicRange"), value: video.dynamicRange.toUpperCase() },
      { label: t("scan"), value: t(video.interlaced ? "interlaced" : "progressive") },
      { label: t("language"), value: video.language ?? NONE },
    ];
  };
}

function useAudioFacts(): (audio: AudioStream) => Fact[] {
  const t = useTranslations("media.streams");
  const common = useTranslations("common");
  const locale = useLocale();
  return (audio) => [
    { label: t("codec"), value: audio.codec },
    { label: t("channels"), value: formatNumber(locale, audio.channels) },
    { label: t("sampleRate"), value: `${formatNumber(locale, audio.sampleRateHz)} Hz` },
    { label: t("bitrate"), value: formatBitrate(locale, audio.bitrateBps) },
    { label: t("language"), value: audio.language ?? NONE },
    { label: t("default"), value: audio.isDefault ? common("yes") : common("no") },
    ...(audio.title === null ? [] : [{ label: t("streamTitle"), value: audio.title }]),
  ];
}
