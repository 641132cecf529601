"use client";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { MediaRow } from "#server/api/rows.ts";
import { formatBytes, formatDuration, formatSize, NONE } from "../../../_lib/format.ts";
import { routes } from "../../../_lib/routes.ts";
import { Badge } from "../../../_ui/badge.tsx";
import { classes } from "../../../_ui/classes.ts";
import { CopyId } from "../../../_ui/copy-id.tsx";
import { RelativeTime } from "../../../_ui/relative-time.tsx";
import { Table, TableFrame, Td, Th, Tr } from "../../../_ui/table.tsx";
import { MediaThumbnail } from "../../tasks/_components/media-thumbnail.tsx";
import { type Selection, SelectMedia } from "./media-selection.tsx";

const COLUMNS = ["name", "id", "duration", "dimensions", "size", "source", "created"] as const;
/** What a narrower window leaves out, least wanted first; the media's own page has it all. */
const HIDDEN: Partial<Record<(typeof COLUMNS)[number], string>> = {
  id: "max-lg:hidden",
  source: "max-lg:hidden",
  dimensions: "max-md:hidden",
  created: "max-sm:hidden",
  size: "max-sm:hidden",
};

export function MediaTable({ media, selection }: { media: readonly MediaRow[]; selection: Selection | null }) {
  const t = useTranslations("media.columns");
  return (
    <TableFrame>
      <Table>
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <Th key={column} className={HIDDEN[column]}>
                {t(column)}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {media.map((row) => (
            <MediaTableRow key={row.id} row={row} selection={selection} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function MediaTableRow({ row, selection }: { row: MediaRow; selection: Selection | null }) {
  const locale = useLocale();
  const t = useTranslations("media.unreadable");
  const sources = useTranslations("states.mediaSource");
  return (
    <Tr className="relative transition-colors hover:bg-hover">
      <Td className="max-w-80">
        <span className="flex items-center gap-3">
          {selection !== null && (
            <span className="-my-1 flex w-6 shrink-0 justify-center pointer-coarse:w-9">
              <SelectMedia row={row} selection={selection} />
            </span>
          )}
          <MediaThumbnail kind={row.kind} url={row.thumbnailUrl} />
          <Link
            href={routes.media(row.id)}
            title={row.name}
            className="min-w-0 truncate font-medium after:absolute after:inset-0 after:content-['']"
          >
            {row.name}
          </Link>
          {row.error !== null && <Badge tone="danger">{t("badge")}</Badge>}
        </span>
      </Td>
      <Td className={HIDDEN.id}>
        <span className="relative z-10">
          <CopyId id={row.id} />
        </span>
      </Td>
      <Td className="whitespace-nowrap">{row.durationSeconds > 0 ? formatDuration(row.durationSeconds) : NONE}</Td>
      <Td className={classes("whitespace-nowrap", HIDDEN.dimensions)}>{formatSize(row.widthPx, row.heightPx)}</Td>
      <Td className={classes("whitespace-nowrap", HIDDEN.size)}>{formatBytes(locale, row.sizeBytes)}</Td>
      <Td className={classes("text-muted", HIDDEN.source)}>{sources(row.source)}</Td>
      <Td className={classes("whitespace-nowrap text-muted", HIDDEN.created)}>
        <RelativeTime date={row.createdAt} />
      </Td>
    </Tr>
  );
}
