import type { MediaInfo } from "#domain/media.ts";

/** By the first of the demuxer's names. Content types follow from endings, so they come from a list and not from the user. */
const BY_FORMAT: Readonly<Record<string, { video: string; audio: string }>> = {
  mov: { video: "mp4", audio: "m4a" },
  matroska: { video: "mkv", audio: "mka" },
  mpegts: { video: "ts", audio: "ts" },
  mpeg: { video: "mpg", audio: "mpg" },
  avi: { video: "avi", audio: "avi" },
  flv: { video: "flv", audio: "flv" },
  asf: { video: "wmv", audio: "wma" },
  ogg: { video: "ogv", audio: "ogg" },
  mp3: { video: "mp3", audio: "mp3" },
  flac: { video: "flac", audio: "flac" },
  wav: { video: "wav", audio: "wav" },
  aac: { video: "aac", audio: "aac" },
  gif: { video: "gif", audio: "gif" },
  apng: { video: "png", audio: "png" },
  png_pipe: { video: "png", audio: "png" },
  jpeg_pipe: { video: "jpg", audio: "jpg" },
  webp_pipe: { video: "webp", audio: "webp" },
};
/** A browser shows it as a download, and ffmpeg looks at the content. */
export const UNKNOWN_EXTENSION = "bin";

/** What WebM may hold: browsers play it under that name and not as Matroska. */
const WEBM_CODECS = ["vp8", "vp9", "av1", "vorbis", "opus"];

export const SOURCE_EXTENSIONS: readonly string[] = [
  ...new Set([...Object.values(BY_FORMAT).flatMap(({ video, audio }) => [video, audio]), "webm", UNKNOWN_EXTENSION]),
];

/** The ending, without its dot, that a source's file gets. */
export function sourceExtensionOf({ formatName, video, audio }: MediaInfo): string {
  const [format = ""] = formatName.split(",");
  const codecs = [...(video === null ? [] : [video]), ...audio].map((stream) => stream.codec);
  if (format === "matroska" && codecs.every((codec) => WEBM_CODECS.includes(codec))) return "webm";
  return BY_FORMAT[format]?.[video === null ? "audio" : "video"] ?? UNKNOWN_EXTENSION;
}
