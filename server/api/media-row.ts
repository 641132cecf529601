import { displaySizeOf, type MediaInfo } from "#domain/media.ts";
import type { Media } from "../../prisma/generated/client.ts";
import { failureOf } from "../db/rows.ts";
import type { FileLinks } from "../files/file-links.ts";
import type { MediaRow } from "./rows.ts";

export function mediaRowOf(media: Media, info: MediaInfo, links: FileLinks): MediaRow {
  const { id, name, kind, source, createdAt } = media;
  const size = info.video === null ? { widthPx: null, heightPx: null } : displaySizeOf(info.video);
  return {
    ...{ id, name, kind, source, createdAt },
    ...size,
    sizeBytes: Number(media.sizeBytes),
    durationSeconds: info.durationSeconds,
    thumbnailUrl: urlOf(links, media.coverKey),
    error: failureOf(media),
  };
}

export function urlOf(links: FileLinks, key: string | null): string | null {
  return key === null ? null : links.url(key);
}
