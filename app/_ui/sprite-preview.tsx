"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Tile } from "../_lib/cues.ts";
import { formatDuration } from "../_lib/format.ts";

const SHOWN_WIDTH_PX = 320;

/** Tiles of a sprite as a player shows them while seeking: move along the bar. */
export function SpritePreview({ tiles }: { tiles: readonly Tile[] }) {
  const t = useTranslations("common");
  const [index, setIndex] = useState(0);
  const tile = tiles[index];
  if (tile === undefined) return null;
  const scale = SHOWN_WIDTH_PX / tile.width;
  return (
    <figure className="flex flex-col items-center gap-3">
      <div
        role="img"
        aria-label={formatDuration(tile.startSeconds)}
        className="overflow-hidden rounded-md border border-line bg-black"
        style={{ width: SHOWN_WIDTH_PX, height: tile.height * scale, maxWidth: "100%" }}
      >
        <div
          style={{
            width: tile.width,
            height: tile.height,
            transform: `scale(${scale})`,
            transformOrigin: "0 0",
            backgroundImage: `url(${JSON.stringify(tile.sheetUrl)})`,
            backgroundPosition: `-${tile.x}px -${tile.y}px`,
          }}
        />
      </div>
      <figcaption className="flex w-full max-w-sm items-center gap-3">
        <input
          type="range"
          min={0}
          max={tiles.length - 1}
          value={index}
          onChange={(event) => setIndex(event.target.valueAsNumber)}
          onPointerMove={(event) => {
            // A mouse need not press; a finger does by touching.
            const { left, width } = event.currentTarget.getBoundingClientRect();
            const place = Math.floor(((event.clientX - left) / width) * tiles.length);
            setIndex(Math.min(tiles.length - 1, Math.max(0, place)));
          }}
          aria-label={t("seek")}
          aria-valuetext={formatDuration(tile.startSeconds)}
          className="min-w-0 flex-1 accent-accent"
        />
        <span className="w-14 text-right text-ui text-muted">{formatDuration(tile.startSeconds)}</span>
      </figcaption>
    </figure>
  );
}
