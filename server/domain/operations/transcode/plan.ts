import type { Failure } from "../../error.ts";
import { chain, numberText } from "../../ffmpeg/filter.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import type { VideoStream } from "../../media.ts";
import type { TimeLine } from "../../modifiers/canvas.ts";
import { encrypting } from "../../modifiers/encryption/encrypt.ts";
import { filmCanvas } from "../../modifiers/film-canvas.ts";
import { layOnFilm, preparing } from "../../modifiers/lay-on.ts";
import type { Command, CommandInput, CommandOutput, OutputFacts, Plan, PlanContext, PreparedFile } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { placementOf } from "../picture-size.ts";
import { type Burnt, burn } from "../subtitles/burn.ts";
import { type ExtractedTrack, extractCommands, keptTracksOf } from "../subtitles/tracks.ts";
import { timeRangeOf } from "../time-range.ts";
import { areaOutside, croppedSource } from "./areas.ts";
import { planBetweenBrackets } from "./between-brackets.ts";
import { containerOutput, hlsSegmentSecondsOf } from "./container.ts";
import { encodeAudio, languageArgsOf, mainAudioOf } from "./encode-audio.ts";
import { encodeVideo, keepsHdr } from "./encode-video.ts";
import { soundAtSpeed } from "./playback-speed.ts";
import type { TranscodeParams } from "./schema.ts";
import { soundCareSteps } from "./sound-care.ts";
import { inPass } from "./two-passes.ts";

/** SVT-AV1 refuses anything smaller. */
const AV1_SIDE_PX_MIN = 64;

/**
 * One file or playlist from one source. A template's sound is left out where the source has none; a template's picture
 * is not, because a "video" without one is never what was meant.
 */
export function planTranscode(params: TranscodeParams, context: PlanContext): Result<Plan, Failure> {
  const { media, inputPath, outputDir, scratchDir } = context;
  const video = params.video === null ? null : media.video;
  const audio = params.audio === null ? null : mainAudioOf(media);
  if (params.video !== null && video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  if (video === null && audio === null) return fail({ code: "NO_AUDIO_STREAM", detail: media.formatName });
  if (media.durationSeconds === 0) return fail({ code: "NO_DURATION", detail: media.formatName });

  const range = timeRangeOf(params, media.durationSeconds);
  if (!range.ok) return range;
  const { startSeconds, whole } = range.value;
  const { playbackSpeed } = params;
  // Of what is written; the source is read for as long as the range is.
  const durationSeconds = range.value.durationSeconds / playbackSpeed;
  const seek = seekTo(startSeconds, media);

  const burnt = burn(params.burntSubtitles, context);
  if (!burnt.ok) return burnt;
  const tracks = keptTracksOf(params, context);
  if (!tracks.ok) return tracks;
  const kept = tracks.value.map(
    (track, index): ExtractedTrack => ({ track, path: `${scratchDir}/kept-${index + 1}.vtt`, format: "webvtt" }),
  );

  const cut = params.container === "hls" ? hlsSegmentSecondsOf(params) : null;
  const outside = params.video !== null && video !== null ? areaOutside(params.video, video) : null;
  if (outside !== null) return fail({ code: "INVALID_PARAMETER", detail: outside });
  const surplusSeconds = seek.surplusSeconds / playbackSpeed;
  const timeLine = { durationSeconds, startsAtSeconds: surplusSeconds };
  const drawn =
    video === null
      ? ok({ steps: "", prepared: [] })
      : drawnInto(video, params, { timeLine, burnt: burnt.value, fromSeconds: startSeconds - surplusSeconds }, context);
  if (!drawn.ok) return drawn;
  const picture =
    params.video !== null && video !== null
      ? encodeVideo(params.video, video, cut, playbackSpeed, drawn.value.steps)
      : null;
  if (picture !== null && params.video?.codec === "av1") {
    const { widthPx, heightPx } = picture.size;
    if (Math.min(widthPx, heightPx) < AV1_SIDE_PX_MIN)
      return fail({ code: "INVALID_PARAMETER", detail: `video.widthPx: ${widthPx}x${heightPx} is too small for AV1` });
  }
  const sound = params.audio !== null && audio !== null ? encodeAudio(params.audio.codec, params.audio, audio) : null;
  const soundSteps =
    params.audio !== null && audio !== null
      ? chain([...soundAtSpeed(playbackSpeed), soundCareSteps(params.audio.codec, params.audio, audio)])
      : "";

  const needs: Pick<Plan, "needs"> =
    params.container === "flv" && params.video?.codec === "h265" ? { needs: ["h265-in-flv"] } : {};
  const facts: OutputFacts = {
    durationSeconds,
    ...(picture === null ? {} : { ...picture.size, videoCodec: params.video?.codec }),
    ...(picture === null || picture.framesPerSecond === 0 ? {} : { framesPerSecond: picture.framesPerSecond }),
    ...(sound === null ? {} : { audioCodec: params.audio?.codec }),
  };
  if (params.headTails.length > 0 && params.video !== null && video !== null && picture !== null) {
    const main = {
      ...{ input: { path: inputPath, options: seek.input }, surplusSeconds },
      ...{ durationSeconds, source: video, picture, audio, soundSteps, facts },
    };
    const joined = planBetweenBrackets(params, params.video, main, context);
    if (!joined.ok) return joined;
    const { prepared = [], commands } = joined.value;
    return ok({
      ...needs,
      ...joined.value,
      ...preparing([...drawn.value.prepared, ...prepared]),
      commands: [...extractCommands(burnt.value.extracted, range.value, inputPath), ...commands],
    });
  }
  const stretch = [
    ...(seek.surplusSeconds > 0 ? ["-ss", numberText(surplusSeconds)] : []),
    ...(whole ? [] : ["-t", numberText(durationSeconds)]),
  ];
  const pictureArgs = (pass: 1 | 2) => {
    if (picture === null || params.video === null) return [];
    const { passes, codec } = params.video;
    return passes === "two" ? inPass(pass, codec, picture.args, scratchDir) : picture.args;
  };
  const encryption = encrypting(params.encryption, scratchDir);
  const { output, declared } = containerOutput(
    params,
    {
      role: picture === null ? "audio" : "video",
      streamArgs: [
        ...stretch,
        ...pictureArgs(2),
        ...(sound ?? []),
        ...(soundSteps === "" ? [] : ["-filter:a", soundSteps]),
        ...keptArgs(kept),
      ],
      facts,
      videoTag: params.video?.codec === "h265" ? params.video.codecTag : null,
      encryption,
    },
    outputDir,
  );
  const keptInputs = kept.map(
    ({ path }): CommandInput => ({
      path,
      // Their beginning is the stretch's, before which the source still has a surplus.
      options: [...delayArgs(seek.surplusSeconds), "-format_whitelist", "webvtt", "-f", "webvtt"],
    }),
  );
  const command = (written: CommandOutput, more: readonly CommandInput[]): Command => ({
    inputs: [{ path: inputPath, options: seek.input }, ...more],
    globals: [],
    outputs: [written],
    expectedSeconds: durationSeconds,
  });
  // Encoded to nowhere; what counts are the notes.
  const firstPass = { path: "-", options: [...stretch, ...pictureArgs(1), "-f", "null"] };
  return ok({
    ...needs,
    ...preparing(drawn.value.prepared),
    ...encryption.planned,
    commands: [
      ...extractCommands([...burnt.value.extracted, ...kept], range.value, inputPath),
      ...(params.video?.passes === "two" ? [command(firstPass, [])] : []),
      command(output, keptInputs),
    ],
    files: [],
    outputs: [declared],
    setsCover: false,
  });
}

function delayArgs(seconds: number): string[] {
  return seconds > 0 ? ["-itsoffset", numberText(seconds)] : [];
}

/** MP4 has one kind of text track. None is shown before somebody turns it on. */
function keptArgs(kept: readonly ExtractedTrack[]): string[] {
  return kept.flatMap(({ track: { language } }, index) => [
    ...["-map", `${index + 1}:0`, `-c:s:${index}`, "mov_text", `-disposition:s:${index}`, "0"],
    ...languageArgsOf(`s:${index}`, language),
  ]);
}

interface Drawing {
  timeLine: TimeLine;
  burnt: Burnt;
  /** The second of the source at which the frames' own clock says 0. */
  fromSeconds: number;
}

/** Mosaics, marks, and above them words, which are to be read: the last steps of a frame's filter chain. */
function drawnInto(
  source: VideoStream,
  params: TranscodeParams,
  { timeLine, burnt, fromSeconds }: Drawing,
  context: PlanContext,
): Result<{ steps: string; prepared: readonly PreparedFile[] }, Failure> {
  const { video } = params;
  if (video === null) return ok({ steps: "", prepared: [] });
  const { frame } = placementOf(croppedSource(source, video), video, video.fill, 2);
  const marks = layOnFilm(params, filmCanvas(video, source, frame, timeLine), context);
  if (!marks.ok) return marks;
  const { steps, prepared } = marks.value;
  const words = burnt.draw(frame, fromSeconds, keepsHdr(video, source) ? source.dynamicRange : "sdr");
  return ok({ steps: chain([steps, words]), prepared });
}
