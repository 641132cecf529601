"use client";
import { AudioLines } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { MediaDetail } from "#server/api/rows.ts";
import { formatBytes, formatSize, NONE } from "../../../_lib/format.ts";
import { Player } from "../../../_ui/player.tsx";
import { Select } from "../../../_ui/select.tsx";
import { type PlayableSource, playableSourcesOf, preferredSourceOf } from "../media-sources.ts";

/** Plays the source or any rendition; a picture is shown, sound gets its cover or a calm place. */
export function MediaPlayer({ media }: { media: MediaDetail }) {
  const t = useTranslations("media.player");
  const labelOf = useSourceLabel(media);
  const [chosen, setChosen] = useState<string | null>(null);
  const sources = playableSourcesOf(media);
  const source = sources.find(({ id }) => id === chosen) ?? preferredSourceOf(sources);

  if (source === undefined) {
    return (
      <div className="flex items-center justify-center overflow-hidden rounded-lg border border-line bg-sunken">
        <img src={media.sourceUrl} alt={media.name} className="max-h-[70dvh] max-w-full" />
      </div>
    );
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {source.player.kind === "audio" && <Artwork url={media.thumbnailUrl} name={media.name} />}
      <Player source={source.player} />
      {sources.length > 1 && (
        <Select
          label={t("choose")}
          value={source.id}
          onChange={setChosen}
          options={sources.map((each) => ({ value: each.id, ...labelOf(each) }))}
          className="max-w-md"
        />
      )}
    </div>
  );
}

function useSourceLabel(media: MediaDetail): (source: PlayableSource) => { label: string; hint: string } {
  const t = useTranslations("media.player");
  const locale = useLocale();
  return ({ rendition, playsInBrowsers }) => {
    const size =
      rendition === null
        ? formatSize(media.widthPx, media.heightPx)
        : formatSize(rendition.output.facts.widthPx, rendition.output.facts.heightPx);
    const bytes = formatBytes(locale, rendition === null ? media.sizeBytes : rendition.output.sizeBytes);
    const facts = [size === NONE ? null : size, bytes, playsInBrowsers ? null : t("unplayable")];
    const label = rendition === null ? t("source") : (rendition.templateName ?? rendition.output.name);
    return { label, hint: facts.filter((fact) => fact !== null).join(" · ") };
  };
}

function Artwork({ url, name }: { url: string | null; name: string }) {
  return (
    <div className="flex aspect-[21/9] w-full items-center justify-center overflow-hidden rounded-lg border border-line bg-sunken">
      {url === null ? (
        <AudioLines className="size-14 text-faint" strokeWidth={1.25} aria-hidden />
      ) : (
        <img src={url} alt={name} className="h-full max-w-full object-contain" />
      )}
    </div>
  );
}
