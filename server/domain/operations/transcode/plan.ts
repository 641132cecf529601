import type { Failure } from "../../error.ts";
import { chain, numberText } from "../../ffmpeg/filter.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import { encrypting } from "../../modifiers/encryption/encrypt.ts";
import type { Command, CommandOutput, OutputFacts, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { timeRangeOf } from "../time-range.ts";
import { areaOutside } from "./areas.ts";
import { planBetweenBrackets } from "./between-brackets.ts";
import { containerOutput, hlsSegmentSecondsOf } from "./container.ts";
import { encodeAudio, mainAudioOf } from "./encode-audio.ts";
import { encodeVideo } from "./encode-video.ts";
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

  const cut = params.container === "hls" ? hlsSegmentSecondsOf(params) : null;
  const outside = params.video !== null && video !== null ? areaOutside(params.video, video) : null;
  if (outside !== null) return fail({ code: "INVALID_PARAMETER", detail: outside });
  const picture = params.video !== null && video !== null ? encodeVideo(params.video, video, cut, playbackSpeed) : null;
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
      ...{ input: { path: inputPath, options: seek.input }, surplusSeconds: seek.surplusSeconds / playbackSpeed },
      ...{ durationSeconds, source: video, picture, audio, soundSteps, facts },
    };
    const joined = planBetweenBrackets(params, params.video, main, context);
    return joined.ok ? ok({ ...needs, ...joined.value }) : joined;
  }
  const stretch = [
    ...(seek.surplusSeconds > 0 ? ["-ss", numberText(seek.surplusSeconds / playbackSpeed)] : []),
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
      ],
      facts,
      videoTag: params.video?.codec === "h265" ? params.video.codecTag : null,
      encryption,
    },
    outputDir,
  );
  const command = (written: CommandOutput): Command => ({
    inputs: [{ path: inputPath, options: seek.input }],
    globals: [],
    outputs: [written],
    expectedSeconds: durationSeconds,
  });
  // Encoded to nowhere; what counts are the notes.
  const firstPass = { path: "-", options: [...stretch, ...pictureArgs(1), "-f", "null"] };
  return ok({
    ...needs,
    ...encryption.planned,
    commands: [...(params.video?.passes === "two" ? [command(firstPass)] : []), command(output)],
    files: [],
    outputs: [declared],
    setsCover: false,
  });
}
