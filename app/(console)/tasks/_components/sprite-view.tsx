"use client";
import { useMemo } from "react";
import type { OutputRow } from "#server/api/rows.ts";
import { readTiles } from "../../../_lib/cues.ts";
import { SpritePreview } from "../../../_ui/sprite-preview.tsx";
import { useOutputFacts } from "./media-facts.ts";
import { useFileText } from "./text-view.tsx";

/** A sprite as it will be used, by its cues, and below it the sheets themselves. */
export function SpriteView({ outputs }: { outputs: readonly OutputRow[] }) {
  const factsOf = useOutputFacts();
  const cues = outputs.find(({ role }) => role === "cues");
  const text = useFileText(cues?.url);
  const tiles = useMemo(() => readTiles(text.data ?? "", cues?.url ?? ""), [text.data, cues?.url]);
  return (
    <div className="flex flex-col gap-5">
      {tiles.length > 0 && <SpritePreview tiles={tiles} />}
      {outputs
        .filter(({ role }) => role === "sheet")
        .map((sheet) => (
          <figure key={sheet.id}>
            <img src={sheet.url} alt={sheet.name} loading="lazy" className="w-full rounded-md border border-line" />
            <figcaption className="mt-1 text-xs text-muted">
              {[sheet.name, ...factsOf(sheet.facts)].join(" · ")}
            </figcaption>
          </figure>
        ))}
    </div>
  );
}
