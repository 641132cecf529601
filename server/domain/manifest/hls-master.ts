import type { Manifest, Picture, Sound, Variant, Words } from "./manifest.ts";
import { wordsFileOf } from "./manifest.ts";
import type { Measured } from "./measure.ts";

const VIDEO_RANGES: Record<Picture["dynamicRange"], string> = { sdr: "SDR", hdr10: "PQ", hlg: "HLG" };

const WORDS_GROUP = "subtitles";

/** The master playlist (RFC 8216, 4.3.4): every variant, and the sounds of each group. */
export function hlsMasterOf(manifest: Manifest, measured: Measured): string {
  const fragmented = [...manifest.pictures, ...manifest.sounds].some(({ name }) => measured(name).mp4 !== null);
  return [
    "#EXTM3U",
    `#EXT-X-VERSION:${fragmented ? 7 : 6}`,
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...manifest.sounds.map((sound) => mediaTag(sound, isFirstOfLanguage(sound, manifest))),
    ...manifest.subtitles.map((words) => wordsTag(words, isFirstWithLanguage(words, manifest))),
    ...manifest.variants.flatMap((variant) => variantLines(variant, manifest, measured)),
    "",
  ].join("\n");
}

function mediaTag({ name, group, language, label, channels, isDefault }: Sound, autoSelected: boolean): string {
  return tag("EXT-X-MEDIA", {
    TYPE: "AUDIO",
    "GROUP-ID": quoted(group),
    NAME: quoted(label),
    LANGUAGE: language === null ? null : quoted(language),
    DEFAULT: isDefault ? "YES" : "NO",
    AUTOSELECT: autoSelected ? "YES" : "NO",
    CHANNELS: quoted(String(channels)),
    URI: quoted(playlistOf(name)),
  });
}

/** Shown to nobody who has not asked for them. */
function wordsTag({ name, language, label }: Words, autoSelected: boolean): string {
  return tag("EXT-X-MEDIA", {
    TYPE: "SUBTITLES",
    "GROUP-ID": quoted(WORDS_GROUP),
    NAME: quoted(label),
    LANGUAGE: language === null ? null : quoted(language),
    DEFAULT: "NO",
    AUTOSELECT: autoSelected ? "YES" : "NO",
    FORCED: "NO",
    URI: quoted(playlistOf(name)),
  });
}

function isFirstWithLanguage(words: Words, { subtitles }: Manifest): boolean {
  return subtitles.find(({ language }) => language === words.language) === words;
}

/** A player that chooses by language must find one track; the default one, where it has that language. */
function isFirstOfLanguage(sound: Sound, { sounds }: Manifest): boolean {
  const alike = sounds.filter(({ group, language }) => group === sound.group && language === sound.language);
  return (alike.find(({ isDefault }) => isDefault) ?? alike[0]) === sound;
}

function variantLines({ picture: pictureName, group }: Variant, manifest: Manifest, measured: Measured): string[] {
  const picture = manifest.pictures.find(({ name }) => name === pictureName) ?? null;
  const sounds = manifest.sounds.filter((sound) => sound.group === group);
  const main = sounds.find(({ isDefault }) => isDefault) ?? sounds[0] ?? null;
  const stream = picture ?? main;
  if (stream === null) return [];
  const video = picture === null ? null : measured(picture.name);
  // Whichever sound is chosen, the connection has to carry it.
  const most = (rates: readonly number[]) => Math.max(0, ...rates);
  const peakBps = (video?.peakBps ?? 0) + most(sounds.map(({ name }) => measured(name).peakBps));
  const averageBps = (video?.averageBps ?? 0) + most(sounds.map(({ name }) => measured(name).averageBps));
  const codecs = [...(video === null ? [] : [video.codec]), ...(main === null ? [] : [measured(main.name).codec])];
  const { framesPerSecond } = manifest;
  return [
    tag("EXT-X-STREAM-INF", {
      BANDWIDTH: String(peakBps),
      "AVERAGE-BANDWIDTH": String(averageBps),
      CODECS: quoted(codecs.join(",")),
      RESOLUTION: picture === null ? null : `${picture.widthPx}x${picture.heightPx}`,
      "FRAME-RATE": picture === null ? null : framesPerSecond.toFixed(3),
      "VIDEO-RANGE": picture === null ? null : VIDEO_RANGES[picture.dynamicRange],
      AUDIO: main === null ? null : quoted(main.group),
      SUBTITLES: manifest.subtitles.length === 0 ? null : quoted(WORDS_GROUP),
    }),
    playlistOf(stream.name),
  ];
}

function playlistOf(name: string): string {
  return `stream-${name}.m3u8`;
}

function tag(name: string, attributes: Readonly<Record<string, string | null>>): string {
  const known = Object.entries(attributes).filter(([, value]) => value !== null);
  return `#${name}:${known.map(([attribute, value]) => `${attribute}=${value}`).join(",")}`;
}

function quoted(text: string): string {
  return `"${text}"`;
}

/** The playlist of words that are one file. */
export function wordsPlaylistOf({ name }: Words, durationSeconds: number): { name: string; text: string } {
  const lines = [
    "#EXTM3U",
    "#EXT-X-VERSION:6",
    `#EXT-X-TARGETDURATION:${Math.ceil(durationSeconds)}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-PLAYLIST-TYPE:VOD",
    `#EXTINF:${durationSeconds.toFixed(6)},`,
    wordsFileOf(name),
    "#EXT-X-ENDLIST",
    "",
  ];
  return { name: playlistOf(name), text: lines.join("\n") };
}
