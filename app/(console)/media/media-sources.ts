import type { MediaInfo } from "#domain/media.ts";
import type { MediaDetail, OutputRow } from "#server/api/rows.ts";
import type { PlayerSource } from "../../_ui/player.tsx";
import { isPlayable, playerSourceOf } from "../tasks/_components/output-kinds.ts";

/** What can be played of a media: itself, and every rendition made of it. */
export interface PlayableSource {
  id: string;
  player: PlayerSource;
  /** null for the source itself. */
  rendition: { templateName: string | null; output: OutputRow } | null;
  /** As far as one can tell without trying. */
  playsInBrowsers: boolean;
}

export const SOURCE_ID = "source";

export function playableSourcesOf(media: MediaDetail): PlayableSource[] {
  const { kind, sourceUrl, thumbnailUrl, renditions } = media;
  // The newest sprite's, whichever source plays: all of them show the same moments.
  const thumbnailsUrl = renditions.find(({ output }) => output.role === "cues")?.output.url ?? null;
  const look = { poster: thumbnailUrl, thumbnailsUrl };
  if (kind === "image") return [];
  const source: PlayableSource = {
    id: SOURCE_ID,
    player: { url: sourceUrl, kind, ...look },
    rendition: null,
    playsInBrowsers: playsInBrowsers(media.info),
  };
  const made = renditions
    .filter(({ output }) => isPlayable(output))
    .map(({ templateName, output }) => ({
      id: output.id,
      player: { ...playerSourceOf(output), ...look },
      rendition: { templateName, output },
      playsInBrowsers: output.facts.container !== "flv",
    }));
  return [source, ...made];
}

/** The source where browsers play it; otherwise the largest rendition they play, and the source if there is none. */
export function preferredSourceOf(sources: readonly PlayableSource[]): PlayableSource | undefined {
  const [source, ...renditions] = sources;
  if (source === undefined || source.playsInBrowsers) return source;
  const heightOf = ({ rendition }: PlayableSource) => rendition?.output.facts.heightPx ?? 0;
  const playable = renditions.filter(
    (each) => each.playsInBrowsers && (each.player.kind === "audio") === (source.player.kind === "audio"),
  );
  return playable.toSorted((a, b) => heightOf(b) - heightOf(a))[0] ?? source;
}

/** By ffprobe's names. H.265 is left out: some browsers play it on some machines. */
const CONTAINERS = ["mp4", "webm", "mp3", "ogg", "flac", "wav", "aac"];
const VIDEO_CODECS = ["h264", "vp8", "vp9", "av1"];
const AUDIO_CODECS = ["aac", "mp3", "opus", "vorbis", "flac", "pcm_s16le"];

function playsInBrowsers({ formatName, video, audio }: MediaInfo): boolean {
  return (
    formatName.split(",").some((name) => CONTAINERS.includes(name)) &&
    (video === null || VIDEO_CODECS.includes(video.codec)) &&
    audio.every(({ codec }) => AUDIO_CODECS.includes(codec))
  );
}
