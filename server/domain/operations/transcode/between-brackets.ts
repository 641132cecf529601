/** A transcoded main part with something before and after it: each encoded alike and alone, then all copied into one. */

import type { Failure } from "../../error.ts";
import { chain, filter, graph, numberText } from "../../ffmpeg/filter.ts";
import { evenRateOf, frameRateText } from "../../ffmpeg/frame-rate.ts";
import type { AudioStream, VideoStream } from "../../media.ts";
import { encrypting } from "../../modifiers/encryption/encrypt.ts";
import { type Bracket, chooseBrackets } from "../../modifiers/head-tail/choose.ts";
import type { Command, CommandInput, CommandOutput, OutputFacts, Plan, PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import { joinPieces, PIECE_SOUND, pieceOutput } from "../edit/join-pieces.ts";
import { inOneColour, inOneSound, pieceGraph, pieceInput, piecesOf, silence, toOneColour } from "../edit/piece.ts";
import { type PictureTarget, type SoundTarget, soundTargetOf } from "../edit/target.ts";
import { encodedChannelsOf } from "./audio-params.ts";
import { containerOutput, hlsSegmentSecondsOf } from "./container.ts";
import { audioEncodingArgs, languageArgs } from "./encode-audio.ts";
import type { EncodedVideo } from "./encode-video.ts";
import type { TranscodeParams } from "./schema.ts";
import type { TranscodeVideo } from "./transcode-video.ts";
import { inPass } from "./two-passes.ts";

/** What is known of the main part when it is planned alone. */
export interface MainPart {
  input: CommandInput;
  /** Decoded before it begins. Seconds as they are written. */
  surplusSeconds: number;
  durationSeconds: number;
  source: VideoStream;
  picture: EncodedVideo;
  audio: AudioStream | null;
  /** What is done to its sound alone. */
  soundSteps: string;
  facts: OutputFacts;
}

/** One piece before it is encoded: where it comes from, and the options and values that name its picture and its sound. */
interface Take {
  input: CommandInput;
  durationSeconds: number;
  globals: (parts: "both" | "picture") => readonly string[];
  stretch: readonly string[];
  picture: readonly string[];
  sound: readonly string[];
}

interface Target {
  picture: PictureTarget;
  sound: SoundTarget | null;
}

export function planBetweenBrackets(
  params: TranscodeParams,
  video: TranscodeVideo,
  main: MainPart,
  context: PlanContext,
): Result<Plan, Failure> {
  const brackets = chooseBrackets(params.headTails, main.picture.size, context);
  if (!brackets.ok) return brackets;
  const { heads, tails } = brackets.value;
  const others = [...heads, ...tails].flatMap(({ stretch }) => stretch.audio ?? []);
  const [voice = null] = main.audio === null ? others : [main.audio];
  const target = { picture: pictureTargetOf(video, main), sound: soundTarget(params, voice, others) };
  const takes = [...takesOf(heads, target), mainTake(main, target.sound), ...takesOf(tails, target)];

  const commands: Command[] = [];
  let beginSeconds = 0;
  for (const [index, take] of takes.entries()) {
    commands.push(...commandsOf(params, video, take, main.picture.encoding, { index, beginSeconds }, context));
    beginSeconds += take.durationSeconds;
  }
  const { audio } = params;
  const encryption = encrypting(params.encryption, context.scratchDir);
  const { output, declared } = containerOutput(
    params,
    {
      role: "video",
      streamArgs: [
        ...["-map", "0:v", "-c:v", "copy"],
        ...(audio === null || voice === null
          ? []
          : ["-map", "0:a", ...audioEncodingArgs(audio.codec, audio, voice), ...languageArgs(voice)]),
      ],
      facts: {
        ...main.facts,
        durationSeconds: beginSeconds,
        ...(audio === null || voice === null ? {} : { audioCodec: audio.codec }),
      },
      videoTag: video.codec === "h265" ? video.codecTag : null,
      encryption,
    },
    context.outputDir,
  );
  const { prepared, command } = joinPieces(
    takes.map(({ durationSeconds }) => durationSeconds),
    output,
    context,
  );
  return ok({
    ...encryption.planned,
    prepared,
    commands: [...commands, command],
    files: [],
    outputs: [declared],
    setsCover: false,
  });
}

function pictureTargetOf({ framesPerSecond }: TranscodeVideo, { picture, source }: MainPart): PictureTarget {
  const rate = evenRateOf({ ...source, framesPerSecond: picture.framesPerSecond });
  return { frame: picture.size, framesPerSecond: framesPerSecond || rate };
}

/** As the main part would sound alone; where it is silent, as the first that is not. */
function soundTarget(
  { audio }: TranscodeParams,
  voice: AudioStream | null,
  others: readonly AudioStream[],
): SoundTarget | null {
  if (audio === null || voice === null) return null;
  const channels = encodedChannelsOf(audio.codec, audio, voice);
  const common = soundTargetOf([voice, ...others].map((each) => ({ ...each, channels })));
  return common === null ? null : { ...common, sampleRateHz: audio.sampleRateHz || common.sampleRateHz };
}

function takesOf(brackets: readonly Bracket[], { picture, sound }: Target): Take[] {
  const pieces = piecesOf(
    brackets.map(({ stretch }) => stretch),
    { picture, sound },
  );
  return pieces.map((piece, index) => {
    const fill = brackets[index]?.fill ?? "stretch";
    return {
      input: pieceInput(piece),
      durationSeconds: piece.durationSeconds,
      globals: (parts) => [
        "-filter_complex",
        pieceGraph(piece, { picture, sound: parts === "both" ? sound : null, fill }),
      ],
      stretch: [],
      picture: ["-map", "[video]", "-fps_mode", "cfr", "-r", frameRateText(picture.framesPerSecond)],
      sound: sound === null ? [] : ["-map", "[audio]"],
    };
  });
}

function mainTake(main: MainPart, sound: SoundTarget | null): Take {
  const { source, picture, audio, surplusSeconds, durationSeconds } = main;
  const until = surplusSeconds + durationSeconds;
  const whole = filter("apad", { whole_dur: numberText(until) });
  const steps = chain([
    picture.filter,
    // What was HDR has these colours already.
    source.dynamicRange === "sdr" ? toOneColour(source, picture.size) : null,
    inOneColour,
  ]);
  const soundless = sound !== null && audio === null;
  return {
    input: main.input,
    durationSeconds,
    globals: (parts) =>
      soundless && parts === "both"
        ? ["-filter_complex", graph([{ steps: silence(Math.ceil(until * sound.sampleRateHz), sound), to: ["audio"] }])]
        : [],
    stretch: [...(surplusSeconds > 0 ? ["-ss", numberText(surplusSeconds)] : []), "-t", numberText(durationSeconds)],
    picture: ["-map", `0:${source.index}`, "-filter:v", steps, "-fps_mode", "vfr"],
    sound:
      sound === null
        ? []
        : audio === null
          ? ["-map", "[audio]"]
          : [...["-map", `0:${audio.index}`], ...["-filter:a", chain([main.soundSteps, inOneSound(sound, 0), whole])]],
  };
}

function commandsOf(
  params: TranscodeParams,
  { passes, codec }: TranscodeVideo,
  { input, durationSeconds, globals, stretch, picture, sound }: Take,
  encoding: readonly string[],
  { index, beginSeconds }: { index: number; beginSeconds: number },
  context: PlanContext,
): Command[] {
  const cut = params.container === "hls" ? hlsSegmentSecondsOf(params) : null;
  const encoder = cut === null ? encoding : keyFramesFrom(beginSeconds, cut, encoding);
  const args = [...stretch, ...picture, ...encoder];
  const command = (parts: "both" | "picture", output: CommandOutput): Command => ({
    inputs: [input],
    globals: globals(parts),
    outputs: [output],
    expectedSeconds: durationSeconds,
  });
  const streams = (pass: 1 | 2) => (passes === "two" ? inPass(pass, codec, args, context.scratchDir) : args);
  const withSound = [...streams(2), ...sound, ...(sound.length === 0 ? [] : PIECE_SOUND)];
  return [
    ...(passes === "two" ? [command("picture", { path: "-", options: [...streams(1), "-f", "null"] })] : []),
    command("both", pieceOutput(index, withSound, context)),
  ];
}

/** Key frames where the whole is to be cut, seen from a piece that begins at this second of it. */
function keyFramesFrom(beginSeconds: number, everySeconds: number, encoding: readonly string[]): string[] {
  const before = Math.floor(beginSeconds / everySeconds);
  const expression = `expr:gte(t+${numberText(beginSeconds)},(n_forced+${before})*${everySeconds})`;
  return encoding.map((arg, index) => (encoding[index - 1] === "-force_key_frames" ? expression : arg));
}
