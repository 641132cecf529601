"use client";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { MediaRow } from "#server/api/rows.ts";
import { formatBytes, formatDuration, formatSize, NONE } from "../../../_lib/format.ts";
import { routes } from "../../../_lib/routes.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { classes } from "../../../_ui/classes.ts";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { Skeleton } from "../../../_ui/skeleton.tsx";
import { MediaThumbnail } from "../../tasks/_components/media-thumbnail.tsx";
import { type Selection, SelectMedia } from "./media-selection.tsx";

const GRID =
  "grid grid-cols-[repeat(auto-fill,minmax(min(13rem,100%),1fr))] gap-x-4 gap-y-5 max-sm:grid-cols-2 max-sm:gap-x-3";

export function MediaGrid({ media, selection }: { media: readonly MediaRow[]; selection: Selection | null }) {
  return (
    <ul className={GRID}>
      {media.map((row) => (
        <MediaTile key={row.id} row={row} selection={selection} />
      ))}
    </ul>
  );
}

function MediaTile({ row, selection }: { row: MediaRow; selection: Selection | null }) {
  const locale = useLocale();
  const kinds = useTranslations("states.mediaKind");
  const t = useTranslations("media.unreadable");
  const size = formatSize(row.widthPx, row.heightPx);
  const facts = [size === NONE ? kinds(row.kind) : size, formatBytes(locale, row.sizeBytes)];
  return (
    <li className="group relative min-w-0">
      <div className="relative">
        <MediaThumbnail
          kind={row.kind}
          url={row.thumbnailUrl}
          className="w-full! rounded-lg! transition-colors group-hover:border-line-strong [&>svg]:size-7!"
        />
        {selection !== null && (
          <SelectMedia
            row={row}
            selection={selection}
            className={classes(
              "absolute! top-1 left-1 bg-surface/85 transition-opacity group-hover:opacity-100 has-focus-visible:opacity-100 pointer-coarse:opacity-100",
              selection.ids.length === 0 && "opacity-0",
            )}
          />
        )}
        {row.error !== null && (
          <Badge tone="danger" className="absolute right-1.5 bottom-1.5">
            {t("badge")}
          </Badge>
        )}
        {row.durationSeconds > 0 && (
          <span className="absolute right-1.5 bottom-1.5 rounded-sm bg-black/75 px-1 text-2xs font-medium text-white">
            {formatDuration(row.durationSeconds)}
          </span>
        )}
      </div>
      <Link
        href={routes.media(row.id)}
        title={row.name}
        className="mt-2 block truncate text-ui font-medium outline-none after:absolute after:-inset-1 after:rounded-xl after:content-[''] focus-visible:after:outline-2 focus-visible:after:outline-accent"
      >
        {row.name}
      </Link>
      <p className="truncate text-xs text-muted">{facts.join(" · ")}</p>
      <p className="truncate text-xs text-faint">
        <RelativeTime date={row.createdAt} />
      </p>
    </li>
  );
}

export function MediaGridSkeleton() {
  return (
    <div className={GRID} aria-hidden>
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
        <div key={key}>
          <Skeleton className="aspect-video w-full rounded-lg" />
          <Skeleton className="mt-2.5 h-3.5 w-3/4" />
          <Skeleton className="mt-2 h-3 w-1/2" />
        </div>
      ))}
    </div>
  );
}
