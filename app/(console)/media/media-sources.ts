import type { MediaDetail, OutputRow } from "#server/api/rows.ts";
import type { PlayerSource } from "../../_ui/player.tsx";
import { isPlayable, playerSourceOf } from "../tasks/_components/output-kinds.ts";

/** What can be played of a media: itself, and every rendition made of it. */
export interface PlayableSource {
  id: string;
  player: PlayerSource;
  /** null for the source itself. */
  rendition: { templateName: string | null; output: OutputRow } | null;
}

export const SOURCE_ID = "source";

export function playableSourcesOf(media: MediaDetail): PlayableSource[] {
  const { kind, sourceUrl, thumbnailUrl, renditions } = media;
  // The newest sprite's, whichever source plays: all of them show the same moments.
  const thumbnailsUrl = renditions.find(({ output }) => output.role === "cues")?.output.url ?? null;
  const look = { poster: thumbnailUrl, thumbnailsUrl };
  if (kind === "image") return [];
  const source: PlayableSource = { id: SOURCE_ID, player: { url: sourceUrl, kind, ...look }, rendition: null };
  const made = renditions
    .filter(({ output }) => isPlayable(output))
    .map(({ templateName, output }) => ({
      id: output.id,
      player: { ...playerSourceOf(output), ...look },
      rendition: { templateName, output },
    }));
  return [source, ...made];
}
