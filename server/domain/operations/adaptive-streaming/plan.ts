import type { Failure } from "../../error.ts";
import { chain, numberText } from "../../ffmpeg/filter.ts";
import { evenRateOf } from "../../ffmpeg/frame-rate.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import { wordsPlaylistOf } from "../../manifest/hls-master.ts";
import { languageTagOf, trackLabelsOf } from "../../manifest/language.ts";
import { type Manifest, type ManifestFormat, type Words, wordsFileOf } from "../../manifest/manifest.ts";
import type { VideoStream } from "../../media.ts";
import { encrypting } from "../../modifiers/encryption/encrypt.ts";
import { filmCanvas } from "../../modifiers/film-canvas.ts";
import { layOnFilm, preparing } from "../../modifiers/lay-on.ts";
import type { OutputFacts, Plan, PlanContext, PreparedFile } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { burn } from "../subtitles/burn.ts";
import { type ExtractedTrack, extractCommands, keptTracksOf } from "../subtitles/tracks.ts";
import { timeRangeOf } from "../time-range.ts";
import { copiedRungOf } from "./copied-rung.ts";
import { picturesGraph, type Stretch, streamsOutput } from "./encode-streams.ts";
import { type Ladder, ladderOf, type PictureToEncode } from "./ladder.ts";
import type { AdaptiveStreamingParams } from "./schema.ts";

const NAMES = { hls: "stream.m3u8", dash: "stream.mpd" } as const satisfies Record<ManifestFormat, string>;
const CONTENT_TYPES: Record<ManifestFormat, string> = {
  hls: "application/vnd.apple.mpegurl",
  dash: "application/dash+xml",
};

/**
 * One stream in several qualities. The source is decoded once; every quality is encoded from the same frames, with key
 * frames at the same times, and cut there, so that a player may change between any two segments.
 */
export function planAdaptiveStreaming(params: AdaptiveStreamingParams, context: PlanContext): Result<Plan, Failure> {
  const { media, inputPath, scratchDir } = context;
  const { video } = media;
  if (video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  if (media.durationSeconds === 0) return fail({ code: "NO_DURATION", detail: media.formatName });

  const range = timeRangeOf(params, media.durationSeconds);
  if (!range.ok) return range;
  const { startSeconds, durationSeconds, whole } = range.value;
  const shownSeconds = (video.durationSeconds ?? media.durationSeconds) - startSeconds;
  if (shownSeconds <= 0) return fail({ code: "INVALID_TIME_OFFSET", detail: `${startSeconds}: no picture` });
  const seek = seekTo(startSeconds, media);
  const stretch: Stretch = {
    ...{ surplusSeconds: seek.surplusSeconds, durationSeconds },
    // Sound is often a few hundredths of a second longer than the picture, which needs no frames more.
    pictureSeconds: durationSeconds - shownSeconds < 0.1 ? Math.min(shownSeconds, durationSeconds) : durationSeconds,
  };
  const burnt = burn(params.burntSubtitles, context);
  if (!burnt.ok) return burnt;
  const words = wordsOf(params, context);
  if (!words.ok) return words;
  const { subtitles, extracted } = words.value;
  const ladder = ladderOf(params, media, video);
  const framesPerSecond = frameRateOf(params, video);
  const timeLine = { durationSeconds, startsAtSeconds: 0 };
  const marks = new Map<string, string | null>();
  const prepared: PreparedFile[] = [];
  for (const { name, placement, params: picture } of ladder.pictures) {
    const laidOn = layOnFilm(params, filmCanvas(picture, video, placement.frame, timeLine), context, `${name}-`);
    if (!laidOn.ok) return laidOn;
    marks.set(name, laidOn.value.steps);
    prepared.push(...laidOn.value.prepared);
  }
  const manifest: Manifest = {
    pictures: ladder.pictures.map(({ params: _, placement: __, ...picture }) => picture),
    sounds: ladder.sounds.map(({ params: _, track: __, ...sound }) => sound),
    subtitles,
    variants: ladder.variants,
    framesPerSecond,
  };
  const encryption = encrypting(params.encryption, scratchDir);
  // Words stand above marks: they are to be read.
  const draw = (picture: PictureToEncode) =>
    chain([marks.get(picture.name) ?? null, burnt.value.draw(picture, startSeconds, picture.dynamicRange)]);
  // What is copied begins with the source and ends with its picture, as the others have to.
  const copied =
    params.copyFittingRung && context.keyFrames && whole && stretch.pictureSeconds <= shownSeconds
      ? copiedRungOf(params, ladder.pictures, video, context.keyFrames, shownSeconds)
      : null;
  const encoded = ladder.pictures.filter(({ name }) => name !== copied?.name);
  // Segments of DASH and of HLS are the same, so a DASH stream has playlists as well: what knows only HLS plays it, too.
  const formats: ManifestFormat[] = params.container === "hls" ? ["hls"] : ["dash", "hls"];
  return ok({
    ...encryption.planned,
    ...preparing(prepared),
    commands: [
      ...extractCommands([...burnt.value.extracted, ...extracted], range.value, inputPath),
      {
        inputs: [
          {
            path: inputPath,
            options: [
              ...seek.input,
              // Read no further; every stream is brought to its length afterwards.
              ...(whole ? [] : ["-t", numberText(seek.surplusSeconds + durationSeconds)]),
            ],
          },
        ],
        globals:
          encoded.length === 0
            ? []
            : ["-filter_complex", picturesGraph(encoded, stretch, video, framesPerSecond, draw)],
        outputs: [streamsOutput(params, ladder, context, video, framesPerSecond, encryption.args, stretch, copied)],
        expectedSeconds: durationSeconds,
      },
    ],
    files: [
      ...formats.map((format) => ({ name: NAMES[format], format, manifest })),
      ...subtitles.map((words) => wordsPlaylistOf(words, durationSeconds)),
    ],
    outputs: [
      {
        ...{ role: "playlist", name: NAMES[params.container], contentType: CONTENT_TYPES[params.container] },
        facts: {
          ...factsOf(params, ladder, durationSeconds, framesPerSecond),
          ...encryption.facts,
          ...(params.copyFittingRung ? { copiedRung: copied !== null } : {}),
        },
        ...{ parts: { prefix: "stream", suffix: "" }, probe: false },
      },
    ],
    setsCover: false,
  });
}

/** Tracks of words, and how their files come into being. */
function wordsOf(
  params: AdaptiveStreamingParams,
  context: PlanContext,
): Result<{ subtitles: Words[]; extracted: ExtractedTrack[] }, Failure> {
  const kept = keptTracksOf(params, context);
  if (!kept.ok) return kept;
  const tracks = kept.value;
  const languages = tracks.map(({ language }) => languageTagOf(language));
  const labels = trackLabelsOf(languages, "Subtitles");
  const subtitles = tracks.map((_, index) => ({
    name: `subtitles-${index + 1}`,
    language: languages[index] ?? null,
    label: labels[index] ?? "",
  }));
  const extracted = tracks.map((track, index): ExtractedTrack => {
    const path = `${context.outputDir}/${wordsFileOf(`subtitles-${index + 1}`)}`;
    return { track, path, format: "webvtt" };
  });
  return ok({ subtitles, extracted });
}

/** The same in every rung: as asked, or the source's. */
function frameRateOf({ rungs }: AdaptiveStreamingParams, source: VideoStream): number {
  const asked = rungs.find(({ video }) => video !== null)?.video?.framesPerSecond ?? 0;
  return asked > 0 ? asked : evenRateOf(source);
}

function factsOf(
  { container }: AdaptiveStreamingParams,
  { pictures, sounds }: Ladder,
  durationSeconds: number,
  framesPerSecond: number,
): OutputFacts {
  const [largest] = [...pictures].sort((a, b) => b.widthPx * b.heightPx - a.widthPx * a.heightPx);
  return {
    ...{ container, durationSeconds },
    ...(largest && { widthPx: largest.widthPx, heightPx: largest.heightPx, videoCodec: largest.params.codec }),
    framesPerSecond,
    ...(sounds[0] === undefined ? {} : { audioCodec: sounds[0].params.codec }),
  };
}
