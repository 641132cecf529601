import type { Failure } from "../../error.ts";
import { numberText } from "../../ffmpeg/filter.ts";
import { seekTo } from "../../ffmpeg/seek.ts";
import { type Encrypting, encrypting } from "../../modifiers/encryption/encrypt.ts";
import type { CommandOutput, DeclaredOutput, OutputFacts, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { timeRangeOf } from "../time-range.ts";
import { containerOutput } from "../transcode/container.ts";
import { encodeAudio, mainAudioOf } from "../transcode/encode-audio.ts";
import { soundCareArgs } from "../transcode/sound-care.ts";
import { type AudioContainer, type AudioParams, audioCodecOf } from "./schema.ts";

const FILES: Record<Exclude<AudioContainer, "hls">, { contentType: string; muxer: readonly string[] }> = {
  // The index goes to the front, so that playing starts before everything is loaded.
  m4a: { contentType: "audio/mp4", muxer: ["-movflags", "+faststart", "-f", "mp4"] },
  mp3: { contentType: "audio/mpeg", muxer: ["-f", "mp3"] },
  flac: { contentType: "audio/flac", muxer: ["-f", "flac"] },
  ogg: { contentType: "audio/ogg", muxer: ["-f", "ogg"] },
  wav: { contentType: "audio/wav", muxer: ["-f", "wav"] },
};

/** The sound of a media as a file of its own. */
export function planAudio(params: AudioParams, context: PlanContext): Result<Plan, Failure> {
  const { media, inputPath, outputDir, scratchDir } = context;
  const source = mainAudioOf(media);
  if (source === null) return fail({ code: "NO_AUDIO_STREAM", detail: media.formatName });
  const range = timeRangeOf(params, media.durationSeconds);
  if (!range.ok) return range;
  const { startSeconds, durationSeconds, whole } = range.value;
  const seek = seekTo(startSeconds, media);

  const codec = audioCodecOf(params);
  const streamArgs = [
    ...(seek.surplusSeconds > 0 ? ["-ss", numberText(seek.surplusSeconds)] : []),
    ...(whole ? [] : ["-t", numberText(durationSeconds)]),
    ...encodeAudio(codec, params, source),
    ...soundCareArgs(codec, params, source),
  ];
  const facts = { container: params.container, audioCodec: codec, durationSeconds };
  const encryption = encrypting(params.encryption, scratchDir);
  const { output, declared } = fileOf(params, { streamArgs, facts, encryption }, outputDir);
  return ok({
    ...encryption.planned,
    commands: [
      {
        inputs: [{ path: inputPath, options: seek.input }],
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

function fileOf(
  params: AudioParams,
  contents: { streamArgs: readonly string[]; facts: OutputFacts; encryption: Encrypting },
  outputDir: string,
): { output: CommandOutput; declared: DeclaredOutput } {
  const { container, hlsSegmentSeconds, hlsSegmentType } = params;
  if (container === "hls") {
    const wish = { container, hlsSegmentSeconds, hlsSegmentType };
    return containerOutput(wish, { role: "audio", ...contents, videoTag: null }, outputDir);
  }
  const { streamArgs, facts } = contents;
  const { contentType, muxer } = FILES[container];
  const name = `audio.${container}`;
  return {
    // Title and artist stay, as players show them; chapters of a film would become a track of their own.
    output: { path: `${outputDir}/${name}`, options: [...streamArgs, "-map_chapters", "-1", ...muxer] },
    declared: { role: "audio", name, contentType, facts, parts: null, probe: true },
  };
}
