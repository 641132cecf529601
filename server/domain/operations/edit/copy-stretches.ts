/** Clips joined as they are. Nothing is decoded, so it is quick, loses nothing, and begins where key frames are. */

import type { Failure } from "../../error.ts";
import { numberText } from "../../ffmpeg/filter.ts";
import { displaySizeOf } from "../../media.ts";
import { IN_CLEAR } from "../../modifiers/encryption/encrypt.ts";
import type { Command, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { CODECS_IN } from "../remux/plan.ts";
import { containerOutput } from "../transcode/container.ts";
import { languageArgs } from "../transcode/encode-audio.ts";
import { type Stretch, secondsOf } from "./stretches.ts";

export function copyStretches(
  stretches: readonly Stretch[],
  { outputDir, scratchDir }: PlanContext,
): Result<Plan, Failure> {
  const [first] = stretches;
  if (first === undefined) throw new Error("Nothing to join");
  const obstacle = stretches.length === 1 ? strangerIn(first, "mp4") : obstacleOf(first, stretches);
  if (obstacle !== null) return fail({ code: "CANNOT_COPY", detail: obstacle });

  const durationSeconds = secondsOf(stretches);
  const { video, audio } = first;
  const { output, declared } = containerOutput(
    { container: "mp4", hlsSegmentSeconds: 0, hlsSegmentType: "ts" },
    {
      role: video === null ? "audio" : "video",
      streamArgs: [
        ...(stretches.length === 1 ? streamsOf(first) : ["-map", "0", "-c", "copy"]),
        ...(audio === null ? [] : languageArgs(audio)),
        // An MP4 could tell players to skip what comes before the asked second; but whoever cuts or joins it again
        // would meet it. So it begins where it begins.
        ...["-avoid_negative_ts", "make_zero"],
      ],
      facts: {
        durationSeconds,
        ...(video === null ? {} : { ...displaySizeOf(video), videoCodec: video.codec }),
        ...(audio === null ? {} : { audioCodec: audio.codec }),
      },
      videoTag: video?.codec === "hevc" ? "hvc1" : null,
      encryption: IN_CLEAR,
    },
    outputDir,
  );
  const promise = { files: [], outputs: [declared], setsCover: false };
  if (stretches.length === 1) {
    return ok({ ...promise, commands: [{ ...commandOn(first), outputs: [output] }] });
  }
  const list = `${scratchDir}/clips.ffconcat`;
  const names = stretches.map((_, index) => `clip-${index}.ts`);
  return ok({
    ...promise,
    prepared: [{ path: list, text: ["ffconcat version 1.0", ...names.map((name) => `file ${name}`), ""].join("\n") }],
    commands: [
      ...stretches.map((stretch, index): Command => {
        // MPEG-TS repeats what a decoder has to know at every key frame, so what differs there between clips does no harm.
        const options = [...streamsOf(stretch), "-f", "mpegts"];
        return { ...commandOn(stretch), outputs: [{ path: `${scratchDir}/${names[index]}`, options }] };
      }),
      {
        // The list is ours and names our own files; what it names is held to MPEG-TS.
        inputs: [{ path: list, options: ["-format_whitelist", "concat,mpegts", "-f", "concat"] }],
        globals: [],
        outputs: [output],
        expectedSeconds: durationSeconds,
      },
    ],
  });
}

function commandOn({ path, startSeconds, durationSeconds, whole }: Stretch): Omit<Command, "outputs"> {
  const options = [
    ...(startSeconds > 0 ? ["-ss", numberText(startSeconds)] : []),
    ...(whole ? [] : ["-t", numberText(durationSeconds)]),
  ];
  return { inputs: [{ path, options }], globals: [], expectedSeconds: durationSeconds };
}

function streamsOf({ video, audio }: Stretch): string[] {
  const streams = [...(video === null ? [] : [video]), ...(audio === null ? [] : [audio])];
  return [...streams.flatMap(({ index }) => ["-map", `0:${index}`]), "-c", "copy"];
}

/** A codec that has no place there; null when all have. */
function strangerIn({ video, audio }: Stretch, target: "mp4" | "ts"): string | null {
  if (video !== null && !CODECS_IN[target].video.includes(video.codec)) return `video codec ${video.codec}`;
  return audio === null || CODECS_IN[target].audio.includes(audio.codec) ? null : `audio codec ${audio.codec}`;
}

/** Why these clips cannot follow one another as they are; null when they can. */
function obstacleOf(first: Stretch, stretches: readonly Stretch[]): string | null {
  const stranger = strangerIn(first, "ts");
  if (stranger !== null) return stranger;
  // MPEG-TS has no place for "show this turned".
  if (stretches.some(({ video }) => (video?.rotationDegrees ?? 0) !== 0)) return "rotation";
  const facts = factsOf(first);
  for (const [index, stretch] of stretches.entries()) {
    const difference = factsOf(stretch).find(({ value }, place) => value !== facts[place]?.value);
    if (difference !== undefined) return `${difference.name} of clip ${index + 1}`;
  }
  return null;
}

/** Everything that has to be the same. */
function factsOf({ video, audio }: Stretch): { name: string; value: string }[] {
  const facts = {
    "video codec": [video?.codec, video?.profile],
    "frame size": [video?.widthPx, video?.heightPx, video?.sampleAspectRatio],
    "pixel format": [video?.pixelFormat, video?.dynamicRange, video?.interlaced],
    "audio codec": [audio?.codec],
    "sample rate": [audio?.sampleRateHz],
    channels: [audio?.channels],
  };
  return Object.entries(facts).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
}
