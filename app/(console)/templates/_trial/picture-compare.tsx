"use client";
import { useLocale, useTranslations } from "next-intl";
import type { TrialRow } from "#server/api/rows.ts";
import { formatBytes, formatSize, NONE } from "../../../_lib/format.ts";

type Pictures = Extract<NonNullable<TrialRow["result"]>["shown"], { kind: "pictures" }>;

/** What was made, beside the frame of the source that the first of it shows. */
export function PictureCompare({
  pictures: { frameName, pictures },
  urls,
}: {
  pictures: Pictures;
  urls: TrialRow["urls"];
}) {
  const t = useTranslations("trial.player");
  const locale = useLocale();
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      {frameName !== null && (
        <Shown caption={t("sourceFrame")}>
          <img src={urls[frameName]} alt={t("sourceFrame")} className="max-h-[60vh] w-full object-contain" />
        </Shown>
      )}
      {pictures.map(({ name, contentType, widthPx, heightPx, sizeBytes }) => {
        const size = formatSize(widthPx, heightPx);
        const caption = [name, ...(size === NONE ? [] : [size]), formatBytes(locale, sizeBytes)].join(" · ");
        return (
          <Shown key={name} caption={caption}>
            {contentType.startsWith("video/") ? (
              <video src={urls[name]} controls loop muted playsInline className="max-h-[60vh] w-full" />
            ) : (
              <img src={urls[name]} alt={name} className="max-h-[60vh] w-full object-contain" />
            )}
          </Shown>
        );
      })}
    </div>
  );
}

function Shown({ caption, children }: { caption: string; children: React.ReactNode }) {
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-sunken">
      {children}
      <figcaption className="border-t border-line bg-surface px-2.5 py-1.5 text-xs break-words text-muted">
        {caption}
      </figcaption>
    </figure>
  );
}
