"use client";
import { FileAudio, Film, Image as ImageIcon, type LucideIcon } from "lucide-react";
import { useState } from "react";
import type { MediaKind } from "#domain/media.ts";
import { classes } from "../../../_ui/classes.ts";

const ICONS: Record<MediaKind, LucideIcon> = { video: Film, audio: FileAudio, image: ImageIcon };

/** A media's picture, or the sign of its kind where it has none (yet) or the file is gone. */
export function MediaThumbnail({ kind, url, className }: { kind: MediaKind; url: string | null; className?: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  const Icon = ICONS[kind];
  return (
    <span
      className={classes(
        "flex aspect-video w-14 shrink-0 items-center justify-center overflow-hidden rounded-sm border border-line bg-sunken text-faint",
        className,
      )}
    >
      {url === null || url === broken ? (
        <Icon className="size-4" aria-hidden />
      ) : (
        <img src={url} alt="" loading="lazy" className="size-full object-cover" onError={() => setBroken(url)} />
      )}
    </span>
  );
}
