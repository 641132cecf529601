import type { OutputRow } from "#server/api/rows.ts";
import type { PlayerSource } from "../../../_ui/player.tsx";

/** How an output is looked at. */
export type OutputView = "play" | "picture" | "sheet" | "text" | "report" | "none";

type Viewed = Pick<OutputRow, "role" | "contentType"> & Partial<Pick<OutputRow, "facts">>;

export function viewOf({ role, contentType, facts }: Viewed): OutputView {
  if (facts?.verdict !== undefined) return "report";
  switch (role) {
    case "video":
    case "audio":
    case "playlist":
      return "play";
    case "image":
      return "picture";
    case "sheet":
      return "sheet";
    case "cues":
    case "report":
      return contentType.startsWith("text/") || contentType === "application/json" ? "text" : "none";
  }
}

export function isPlayable(output: Pick<OutputRow, "role" | "contentType">): boolean {
  return viewOf(output) === "play";
}

export function playerSourceOf(output: Pick<OutputRow, "role" | "url">): PlayerSource {
  const kind = output.role === "playlist" ? "hls" : output.role === "audio" ? "audio" : "video";
  // A DASH stream has an HLS playlist of the same segments beside it, which is what our player reads.
  return { url: output.url.replace(/\.mpd$/, ".m3u8"), kind };
}
