import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { ok } from "../../domain/result.ts";
import { isPlaylist } from "../../hls/playlist.ts";
import { action } from "../action.ts";
import { refuse } from "../refusal.ts";

const BYTES_MAX = 8 * 1024 ** 2;

/** Which files a playlist is made of, as it names them: whoever uploads an HLS film has to send these as well. */
export const parseStreamingManifest = action({
  name: "ParseStreamingManifest",
  request: z.object({
    MediaManifestContent: z.string().min(1).max(BYTES_MAX),
    ManifestType: z.enum(["m3u8", "mpd", ""]).optional(),
  }),
  handle: async (_, { MediaManifestContent: text, ManifestType }) => {
    if (ManifestType === "mpd") {
      const named = filesOfMpd(text);
      return named === null
        ? refuse("InvalidParameterValue", "`MediaManifestContent` is not an MPD that names its segments one by one.")
        : ok({ MediaSegmentSet: named });
    }
    return isPlaylist(text)
      ? ok({ MediaSegmentSet: filesOfPlaylist(text) })
      : refuse("InvalidParameterValue", "`MediaManifestContent` is not an HLS playlist.");
  },
});

function filesOfPlaylist(text: string): string[] {
  const named = text.split(/\r?\n/).flatMap((line) => {
    const trimmed = line.trim();
    if (trimmed === "") return [];
    if (!trimmed.startsWith("#")) return [trimmed];
    // The header of fragments, and playlists of sound apart, are files too; keys are not the film's.
    const uri = /^#EXT-X-(?:MAP|MEDIA|I-FRAME-STREAM-INF):.*?URI="([^"]+)"/.exec(trimmed)?.[1];
    return uri === undefined ? [] : [uri];
  });
  return [...new Set(named)];
}

const FILE_ATTRIBUTES: readonly string[] = ["media", "sourceURL", "initialization"];

/** Null when there are none, or templates that only a player could spell out. */
function filesOfMpd(text: string): string[] | null {
  let parsed: unknown;
  try {
    parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", processEntities: false }).parse(text);
  } catch {
    return null;
  }
  const named: string[] = [];
  const visit = (node: unknown, name: string): void => {
    if (typeof node === "string" && (name === "BaseURL" || FILE_ATTRIBUTES.includes(name))) named.push(node);
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      for (const one of Array.isArray(child) ? child : [child]) visit(one, key);
    }
  };
  visit(parsed, "");
  return named.length === 0 || named.some((file) => file.includes("$")) ? null : [...new Set(named)];
}
