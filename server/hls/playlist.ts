/** Reads HLS playlists (RFC 8216), as far as pulling a finished film needs it. Text in, addresses out. */

export interface HlsSegment {
  url: string;
  /** Null: all of it. */
  range: { start: number; length: number } | null;
  /** The segment's number, which is its initialization vector where none is given. */
  number: number;
  key: { url: string; iv: Buffer | null } | null;
  /** What has to stand before it; null for formats that need nothing. */
  map: { url: string; range: { start: number; length: number } | null } | null;
}

export type HlsPlaylist =
  | { kind: "master"; variants: { url: string; bandwidth: number; separateAudio: boolean }[] }
  | { kind: "media"; ended: boolean; segments: HlsSegment[] }
  /** What it asks for that is not known here. */
  | { kind: "unsupported"; why: string };

export function isPlaylist(text: string): boolean {
  return /^\uFEFF?#EXTM3U/.test(text);
}

/** `base`: where the playlist came from, after all redirects. */
export function readPlaylist(text: string, base: string): HlsPlaylist {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.some((line) => line.startsWith("#EXT-X-STREAM-INF:")) ? readMaster(lines, base) : readMedia(lines, base);
}

function readMaster(lines: readonly string[], base: string): HlsPlaylist {
  const apart = new Set(
    lines.flatMap((line) => {
      const media = attributesOf(line, "#EXT-X-MEDIA");
      return media?.get("TYPE") === "AUDIO" && media.has("URI") ? (media.get("GROUP-ID") ?? []) : [];
    }),
  );
  const variants = lines.flatMap((line, index) => {
    const stream = attributesOf(line, "#EXT-X-STREAM-INF");
    const address = lines.slice(index + 1).find((next) => next !== "" && !next.startsWith("#"));
    const url = address === undefined ? null : URL.parse(address, base);
    if (stream === null || url === null) return [];
    const separateAudio = apart.has(stream.get("AUDIO") ?? "");
    return [{ url: url.href, bandwidth: Number(stream.get("BANDWIDTH") ?? 0) || 0, separateAudio }];
  });
  return { kind: "master", variants };
}

function readMedia(lines: readonly string[], base: string): HlsPlaylist {
  const segments: HlsSegment[] = [];
  let number = 0;
  let key: HlsSegment["key"] = null;
  let map: HlsSegment["map"] = null;
  let range: HlsSegment["range"] = null;
  let rangeEnd = 0;
  for (const line of lines) {
    if (line === "") continue;
    if (!line.startsWith("#")) {
      const url = URL.parse(line, base);
      if (url === null) return { kind: "unsupported", why: "a segment's address" };
      segments.push({ url: url.href, range, number, key, map });
      number += 1;
      range = null;
    } else if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
      number = Number(line.slice(line.indexOf(":") + 1)) || 0;
    } else if (line.startsWith("#EXT-X-BYTERANGE:")) {
      range = rangeOf(line.slice(line.indexOf(":") + 1), rangeEnd);
      if (range === null) return { kind: "unsupported", why: "a byte range" };
      rangeEnd = range.start + range.length;
    } else if (line.startsWith("#EXT-X-MAP:")) {
      const said = attributesOf(line, "#EXT-X-MAP");
      const url = URL.parse(said?.get("URI") ?? "", base);
      const part = said?.get("BYTERANGE");
      if (url === null) return { kind: "unsupported", why: "EXT-X-MAP" };
      map = { url: url.href, range: part === undefined ? null : rangeOf(part, 0) };
    } else if (line.startsWith("#EXT-X-KEY:")) {
      const read = keyOf(attributesOf(line, "#EXT-X-KEY"), base);
      if (read === "unsupported") return { kind: "unsupported", why: "encryption" };
      key = read;
    }
  }
  return { kind: "media", ended: lines.includes("#EXT-X-ENDLIST"), segments };
}

function keyOf(said: ReadonlyMap<string, string> | null, base: string): HlsSegment["key"] | "unsupported" {
  const method = said?.get("METHOD");
  if (method === "NONE") return null;
  const url = URL.parse(said?.get("URI") ?? "", base);
  const format = said?.get("KEYFORMAT") ?? "identity";
  if (method !== "AES-128" || format !== "identity" || url === null) return "unsupported";
  const iv = said?.get("IV");
  if (iv !== undefined && !/^0x[0-9a-f]{1,32}$/i.test(iv)) return "unsupported";
  return { url: url.href, iv: iv === undefined ? null : Buffer.from(iv.slice(2).padStart(32, "0"), "hex") };
}

/** `1000@500`; without its start it follows the range before. */
function rangeOf(text: string, follows: number): { start: number; length: number } | null {
  const parts = /^(\d{1,15})(?:@(\d{1,15}))?$/.exec(text.trim());
  if (parts === null) return null;
  return { length: Number(parts[1]), start: parts[2] === undefined ? follows : Number(parts[2]) };
}

/** `NAME=value,NAME="a, b"`; null for another tag. */
function attributesOf(line: string, tag: string): ReadonlyMap<string, string> | null {
  if (!line.startsWith(`${tag}:`)) return null;
  const pairs = line.slice(tag.length + 1).matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)/g);
  return new Map(Array.from(pairs, ([, name = "", value = ""]) => [name, value.replace(/^"|"$/g, "")]));
}
