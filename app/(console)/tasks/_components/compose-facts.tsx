"use client";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { z } from "zod";
import {
  type ComposedClip,
  type ComposedSound,
  type ComposedSticker,
  type ComposeParams,
  composeFields,
} from "#domain/operations/compose/schema.ts";
import type { SubtaskDetail } from "#server/api/rows.ts";
import { AssetFact } from "../../../_forms/asset-fact.tsx";
import { SchemaFacts } from "../../../_forms/schema-facts.tsx";
import { formatNumber, formatTimestamp } from "../../../_lib/format.ts";
import { routes } from "../../../_lib/routes.ts";

const { videoTracks: _v, audioTracks: _a, stickerTracks: _s, ...others } = composeFields;
const WITHOUT_TRACKS = z.strictObject(others);

/** What was composed, track by track, by the names of the media; and how. */
export function ComposeFacts({ params, subtask }: { params: ComposeParams; subtask: SubtaskDetail }) {
  const t = useTranslations("edit.compose");
  const { videoTracks, audioTracks, stickerTracks, ...rest } = params;
  return (
    <div className="flex flex-col gap-5">
      {videoTracks.map(({ clips }, index) => (
        <Track key={index} title={t("videoTrack", { number: index + 1 })}>
          {clips.map((clip, place) => (
            <Line key={place} number={place + 1} title={<MediaName id={clip.mediaId} subtask={subtask} />}>
              <StretchWords item={clip} />
            </Line>
          ))}
        </Track>
      ))}
      {audioTracks.map(({ sounds }, index) => (
        <Track key={index} title={t("audioTrack", { number: index + 1 })}>
          {sounds.map((sound, place) => (
            <Line key={place} number={place + 1} title={<MediaName id={sound.mediaId} subtask={subtask} />}>
              <StretchWords item={sound} />
            </Line>
          ))}
        </Track>
      ))}
      {stickerTracks.map(({ stickers }, index) => (
        <Track key={index} title={t("stickerTrack", { number: index + 1 })}>
          {stickers.map((sticker, place) => (
            <Line key={place} number={place + 1} title={<StickerName sticker={sticker} subtask={subtask} />}>
              {t("shown", {
                from: formatTimestamp(sticker.appearsAtSeconds),
                to: formatTimestamp(sticker.appearsAtSeconds + sticker.lastsSeconds),
              })}
            </Line>
          ))}
        </Track>
      ))}
      <SchemaFacts schema={WITHOUT_TRACKS} value={rest} />
    </div>
  );
}

function Track({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-1.5 border-b border-line pb-1.5 text-ui font-semibold">{title}</h4>
      <ol className="flex flex-col gap-1 text-ui">{children}</ol>
    </section>
  );
}

function Line({ number, title, children }: { number: number; title: ReactNode; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] items-baseline gap-x-3">
      <span className="text-right text-xs text-faint tabular-nums">{number}</span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3">
        <span className="min-w-0 truncate font-medium">{title}</span>
        <span className="text-muted tabular-nums">{children}</span>
      </span>
    </li>
  );
}

function MediaName({ id, subtask }: { id: string | null; subtask: SubtaskDetail }) {
  const shown = id ?? subtask.media.id;
  return (
    <Link href={routes.media(shown)} className="hover:underline">
      {subtask.inputs.find((input) => input.id === shown)?.name ?? subtask.media.name}
    </Link>
  );
}

function StickerName({ sticker, subtask }: { sticker: ComposedSticker; subtask: SubtaskDetail }) {
  if (sticker.assetId !== null) return <AssetFact id={sticker.assetId} />;
  return <MediaName id={sticker.mediaId} subtask={subtask} />;
}

/** Which stretch it is; how it follows what is before it; and its sound, where something is done to it. */
function StretchWords({ item }: { item: ComposedClip | ComposedSound }) {
  const edit = useTranslations("edit");
  const t = useTranslations("edit.compose");
  const locale = useLocale();
  const { startSeconds, durationSeconds, gapBeforeSeconds, volumePercent, fadeInSeconds, fadeOutSeconds } = item;
  const transition = "transition" in item ? item.transition : null;
  const from = startSeconds === 0 ? edit("startPlaceholder") : formatTimestamp(startSeconds);
  const to = durationSeconds === 0 ? edit("endPlaceholder") : formatTimestamp(startSeconds + durationSeconds);
  const words = [
    `${from} – ${to}`,
    gapBeforeSeconds === 0 ? null : t("gap", { time: formatTimestamp(gapBeforeSeconds) }),
    transition === null ? null : t(transition.style, { time: formatTimestamp(transition.seconds) }),
    volumePercent === 100 ? null : t("volume", { percent: `${formatNumber(locale, volumePercent)} %` }),
    fadeInSeconds === 0 ? null : t("fadeIn", { time: formatTimestamp(fadeInSeconds) }),
    fadeOutSeconds === 0 ? null : t("fadeOut", { time: formatTimestamp(fadeOutSeconds) }),
  ];
  return words.filter((part) => part !== null).join(" · ");
}
