import type { Failure } from "../../error.ts";
import { numberText } from "../../ffmpeg/filter.ts";
import type { MediaInfo } from "../../media.ts";
import { encrypting } from "../../modifiers/encryption/encrypt.ts";
import type { Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { timeRangeOf } from "../time-range.ts";
import { containerOutput } from "../transcode/container.ts";
import { languageArgs, mainAudioOf } from "../transcode/encode-audio.ts";
import type { RemuxParams } from "./schema.ts";

type Target = "mp4" | "ts" | "fmp4";

/** What each target can carry, and players of it know, as ffmpeg names codecs. */
export const CODECS_IN: Record<Target, { video: readonly string[]; audio: readonly string[] }> = {
  mp4: {
    video: ["h264", "hevc", "av1", "vp9", "mpeg4"],
    audio: ["aac", "mp3", "ac3", "eac3", "opus", "flac", "alac"],
  },
  ts: { video: ["h264", "hevc"], audio: ["aac", "mp3", "ac3", "eac3"] },
  fmp4: { video: ["h264", "hevc", "av1"], audio: ["aac", "mp3", "ac3", "eac3", "flac", "opus"] },
};

/** The same picture and sound in another container: nothing is encoded, so it is quick and loses nothing. */
export function planRemux(params: RemuxParams, context: PlanContext): Result<Plan, Failure> {
  const { media, inputPath, outputDir, scratchDir } = context;
  if (media.durationSeconds === 0) return fail({ code: "NO_DURATION", detail: media.formatName });
  const range = timeRangeOf(params, media.durationSeconds);
  if (!range.ok) return range;
  const { startSeconds, durationSeconds, whole } = range.value;

  const target = targetOf(params, media);
  const { video } = media;
  if (target === "fmp4" && params.encryption !== "none")
    return fail({ code: "CANNOT_ENCRYPT", detail: media.formatName });
  // An MP4 keeps every track: nothing is to be lost. HLS players take one without asking which.
  const main = mainAudioOf(media);
  const audio = target === "mp4" ? media.audio : main === null ? [] : [main];
  const strangers = [
    ...(video === null || CODECS_IN[target].video.includes(video.codec) ? [] : [video.codec]),
    ...audio.map(({ codec }) => codec).filter((codec) => !CODECS_IN[target].audio.includes(codec)),
  ];
  if (strangers.length > 0)
    return fail({ code: "CODEC_NOT_IN_CONTAINER", detail: `${strangers.join(", ")} in ${target}` });

  const encryption = encrypting(params.encryption, scratchDir);
  const { output, declared } = containerOutput(
    { ...params, hlsSegmentType: target === "fmp4" ? "fmp4" : "ts" },
    {
      role: video === null ? "audio" : "video",
      streamArgs: [
        ...[...(video === null ? [] : [video]), ...audio].flatMap(({ index }) => ["-map", `0:${index}`]),
        ...["-c", "copy"],
        // Long since part of the standard, and still called an experiment by ffmpeg 5.
        ...(audio.some(({ codec }) => codec === "flac") ? ["-strict", "experimental"] : []),
        ...audio.flatMap(languageArgs),
      ],
      facts: {
        durationSeconds,
        ...(video === null ? {} : { widthPx: video.widthPx, heightPx: video.heightPx, videoCodec: video.codec }),
        ...(main === null ? {} : { audioCodec: main.codec }),
      },
      videoTag: video?.codec === "hevc" ? "hvc1" : null,
      encryption,
    },
    outputDir,
  );
  return ok({
    ...encryption.planned,
    commands: [
      {
        // Copied frames cannot start between key frames: the copy starts at the one before, and an MP4 tells players to
        // skip to the asked second.
        inputs: [
          {
            path: inputPath,
            options: [
              ...(startSeconds > 0 ? ["-ss", numberText(startSeconds)] : []),
              ...(whole ? [] : ["-t", numberText(durationSeconds)]),
            ],
          },
        ],
        globals: [],
        outputs: [output],
        expectedSeconds: durationSeconds,
      },
    ],
    files: [],
    outputs: [declared],
    setsCover: false,
  });
}

function targetOf(params: RemuxParams, media: MediaInfo): Target {
  if (params.container === "mp4") return "mp4";
  // MPEG-TS has no place for "show this turned": a phone's video would lie on its side.
  const turned = media.video !== null && media.video.rotationDegrees !== 0;
  return turned ? "fmp4" : params.hlsSegmentType;
}
