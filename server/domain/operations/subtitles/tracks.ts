import type { Failure } from "../../error.ts";
import { numberText } from "../../ffmpeg/filter.ts";
import { languageTagOf } from "../../manifest/language.ts";
import type { MediaInfo } from "../../media.ts";
import { assetFile, type Command, type CommandInput, type PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import type { TimeRange } from "../time-range.ts";
import type { SubtitleParams, SubtitleWords } from "./schema.ts";

type SubtitleStream = MediaInfo["subtitles"][number];

/** As ffmpeg names codecs. The others (PGS, DVB, DVD) are pictures of words. */
const TEXT_CODECS = ["subrip", "ass", "ssa", "webvtt", "mov_text", "text"];

/** The demuxer of each format an asset may have; it is forced, and the only one allowed. */
const DEMUXERS = { srt: "srt", vtt: "webvtt", ass: "ass" } as const;

/** One track of words, where ffmpeg can read it. */
export interface SubtitleTrack {
  input: CommandInput;
  /** Among the streams of that input. */
  streamIndex: number;
  language: string | null;
  /** It says itself how its words look. */
  styled: boolean;
}

export function trackOf(words: SubtitleWords, context: PlanContext): Result<SubtitleTrack, Failure> {
  const { subtitles } = context.media;
  switch (words.from) {
    case "file":
      return uploadedTrack(words.assetId, null, context);
    case "track":
      return textTrack(subtitles[words.trackNumber - 1], `track ${words.trackNumber}`, context);
    case "language": {
      const ofLanguage = subtitles.filter((stream) => languageTagOf(stream.language) === languageTagOf(words.language));
      return textTrack(ofLanguage.find(isText) ?? ofLanguage[0], words.language, context);
    }
  }
}

/** What is kept beside the picture: the source's text tracks where they are to stay, then what was uploaded. */
export function keptTracksOf(params: SubtitleParams, context: PlanContext): Result<SubtitleTrack[], Failure> {
  const own = params.keepSubtitles ? context.media.subtitles.filter(isText) : [];
  const tracks = own.map((stream) => ownTrack(stream, context));
  for (const { assetId, language } of params.addedSubtitles) {
    const added = uploadedTrack(assetId, language, context);
    if (!added.ok) return added;
    tracks.push(added.value);
  }
  return ok(tracks);
}

function isText({ codec }: SubtitleStream): boolean {
  return TEXT_CODECS.includes(codec);
}

function textTrack(
  stream: SubtitleStream | undefined,
  asked: string,
  context: PlanContext,
): Result<SubtitleTrack, Failure> {
  if (stream === undefined) return fail({ code: "SUBTITLES_NOT_FOUND", detail: asked });
  if (!isText(stream)) return fail({ code: "SUBTITLES_NOT_TEXT", detail: `${asked}: ${stream.codec}` });
  return ok(ownTrack(stream, context));
}

function ownTrack({ index, codec, language }: SubtitleStream, { inputPath }: PlanContext): SubtitleTrack {
  const styled = codec === "ass" || codec === "ssa";
  return { input: { path: inputPath, options: [] }, streamIndex: index, language, styled };
}

function uploadedTrack(assetId: string, language: string | null, context: PlanContext): Result<SubtitleTrack, Failure> {
  const { path, info } = assetFile(context, assetId);
  if (info.kind !== "subtitles") return fail({ code: "SUBTITLES_NOT_TEXT", detail: `asset ${assetId}: ${info.kind}` });
  const demuxer = DEMUXERS[info.format];
  const options = ["-format_whitelist", demuxer, "-f", demuxer];
  return ok({ input: { path, options }, streamIndex: 0, language, styled: info.format === "ass" });
}

export interface ExtractedTrack {
  track: SubtitleTrack;
  path: string;
  /** ASS to be drawn, as it keeps every look; WebVTT to be a track, as players and muxers read it. */
  format: "ass" | "webvtt";
}

/**
 * Words as files of our own making. Nothing else reads what came from outside: the filter that draws subtitles opens files
 * without our fences. Times are the source's in ASS, and the stretch's in WebVTT.
 */
export function extractCommands(extracted: readonly ExtractedTrack[], range: TimeRange, source: string): Command[] {
  if (extracted.length === 0) return [];
  const { startSeconds, durationSeconds, whole } = range;
  const tracks = extracted.filter(({ format }) => format === "webvtt");
  const paths = [...new Set(extracted.map(({ track }) => track.input.path))];
  const inputs = paths.map((path): CommandInput => {
    const options = extracted.find(({ track }) => track.input.path === path)?.track.input.options ?? [];
    // Read no further than what is wanted of a film.
    return { path, options: path === source && !whole ? ["-t", numberText(startSeconds + durationSeconds)] : options };
  });
  return [
    {
      inputs,
      globals: [],
      outputs: extracted.map(({ track, path, format }) => ({
        path,
        options: [
          ...["-map", `${paths.indexOf(track.input.path)}:${track.streamIndex}`],
          ...["-c:s", format, "-map_metadata", "-1", "-f", format],
        ],
      })),
      expectedSeconds: 0,
      ...(whole || tracks.length === 0
        ? {}
        : { cues: tracks.map(({ path }) => ({ path, startSeconds, durationSeconds })) }),
    },
  ];
}
