import type { Failure } from "../../error.ts";
import { evenRateOf, frameRateText } from "../../ffmpeg/frame-rate.ts";
import { displaySizeOf } from "../../media.ts";
import { IN_CLEAR } from "../../modifiers/encryption/encrypt.ts";
import type {
  Command,
  CommandOutput,
  DeclaredOutput,
  OutputFacts,
  Plan,
  PlanContext,
  PreparedFile,
} from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { AUDIO_KBPS_PER_CHANNEL, pictureArgs } from "../edit/encode-stretches.ts";
import { EFFORT_OF_COPYING, listPieces, pieceFile, pieceOutput } from "../edit/join-pieces.ts";
import { containerOutput } from "../transcode/container.ts";
import { type Canvas, drawLayers } from "./picture.ts";
import { even } from "./place.ts";
import { batchesOf, type Scene, scenesOf } from "./scenes.ts";
import type { ComposeParams } from "./schema.ts";
import { planMix } from "./sound.ts";
import { type TimeLine, timeLineOf } from "./timeline.ts";

/** Tracks of clips, sounds and stickers become one new media. */
export function planCompose(params: ComposeParams, context: PlanContext): Result<Plan, Failure> {
  const placed = timeLineOf(params, context);
  if (!placed.ok) return placed;
  const line = placed.value;
  const found = canvasOf(params, line);
  if (!found.ok) return found;
  const canvas = found.value;
  const scenes = canvas === null ? [] : scenesOf(params, line, canvas.framesPerSecond);

  const drawn: { commands: Command[]; seconds: number }[] = [];
  for (const [index, scene] of scenes.entries()) {
    if (canvas === null) break;
    const commands = sceneCommands(index, scene, params, canvas, context);
    if (!commands.ok) return commands;
    drawn.push({ commands: commands.value, seconds: (scene.endFrame - scene.startFrame) / canvas.framesPerSecond });
  }
  const onFrame = (seconds: number) =>
    canvas === null ? seconds : Math.round(seconds * canvas.framesPerSecond) / canvas.framesPerSecond;
  const durationSeconds = canvas === null ? line.durationSeconds : drawn.reduce((sum, { seconds }) => sum + seconds, 0);
  const mix = params.audio === null ? null : planMix(line, durationSeconds, onFrame, context);
  if (canvas === null && mix === null)
    return fail({ code: params.video === null ? "NO_AUDIO_STREAM" : "NO_VIDEO_STREAM", detail: "videoTracks" });

  const film =
    canvas === null
      ? null
      : listPieces(
          "pieces",
          drawn.map(({ seconds }, index) => ({ name: `piece-${index}.mp4`, seconds })),
          context,
        );
  const facts: OutputFacts = {
    durationSeconds,
    ...(canvas === null
      ? {}
      : {
          ...{ widthPx: canvas.widthPx, heightPx: canvas.heightPx },
          ...{ videoCodec: "h264", framesPerSecond: canvas.framesPerSecond },
        }),
  };
  const sound = mix === null ? null : { channels: mix.target.channels };
  const { output, declared } = resultOf(params, { film: film !== null, sound, facts }, context);
  const lists: PreparedFile[] = [...(film === null ? [] : [film.prepared]), ...(mix?.prepared ?? [])];
  return ok({
    prepared: lists,
    commands: [
      ...drawn.flatMap(({ commands }) => commands),
      ...(mix?.commands ?? []),
      {
        inputs: [...(film === null ? [] : [film.input]), ...(mix?.inputs ?? [])],
        globals: mix === null ? [] : ["-filter_complex", mix.graphFrom(film === null ? 0 : 1)],
        outputs: [output],
        expectedSeconds: durationSeconds,
        effort: EFFORT_OF_COPYING,
      },
    ],
    files: [],
    outputs: [declared],
    setsCover: false,
    newMedia: params.result,
  });
}

/** Null where there is nothing to be seen. */
function canvasOf(params: ComposeParams, { videoTracks }: TimeLine): Result<Canvas | null, Failure> {
  const { canvas, video, stickerTracks } = params;
  const first = videoTracks.flat().find(({ source }) => source.video !== null)?.source.video ?? null;
  if (video === null || (first === null && stickerTracks.length === 0)) return ok(null);
  const { canvasWidthPx, canvasHeightPx, canvasColor } = canvas;
  const framesPerSecond = video.framesPerSecond || (first === null ? FRAMES_PER_SECOND : evenRateOf(first));
  const of = (widthPx: number, heightPx: number) =>
    ok({ widthPx: even(widthPx), heightPx: even(heightPx), color: canvasColor, framesPerSecond });
  if (canvasWidthPx > 0 && canvasHeightPx > 0) return of(canvasWidthPx, canvasHeightPx);
  // Stickers lie on something, and have its shape from nowhere.
  if (first === null) return fail({ code: "INVALID_PARAMETER", detail: "canvas.canvasWidthPx: canvasNeeded" });
  const { widthPx, heightPx } = displaySizeOf(first);
  const scale = canvasWidthPx > 0 ? canvasWidthPx / widthPx : canvasHeightPx > 0 ? canvasHeightPx / heightPx : 1;
  return of(widthPx * scale, heightPx * scale);
}

/** Where there is no clip to take it from. */
const FRAMES_PER_SECOND = 25;

/** One command, or where much is seen at once several, each of which draws on what the one before has drawn. */
function sceneCommands(
  index: number,
  scene: Scene,
  { video }: ComposeParams,
  canvas: Canvas,
  context: PlanContext,
): Result<Command[], Failure> {
  const { framesPerSecond, widthPx, heightPx } = canvas;
  const target = { frame: { widthPx, heightPx }, framesPerSecond };
  const batches = batchesOf(scene.layers);
  const commands: Command[] = [];
  let ground: string | null = null;
  for (const [step, layers] of batches.entries()) {
    const drawn = drawLayers(scene, layers, ground, canvas, context);
    if (!drawn.ok) return drawn;
    const output =
      step === batches.length - 1
        ? pieceOutput(index, pictureArgs(target, video?.bitrateKbps), context)
        : pieceFile(`ground-${index}-${step}.mp4`, groundArgs(framesPerSecond), context);
    commands.push({
      inputs: drawn.value.inputs,
      globals: ["-filter_complex", drawn.value.graph],
      outputs: [output],
      expectedSeconds: (scene.endFrame - scene.startFrame) / framesPerSecond,
    });
    ground = output.path;
  }
  return ok(commands);
}

/** Without loss, and quickly. */
function groundArgs(framesPerSecond: number): string[] {
  return [
    ...["-map", "[video]", "-fps_mode", "cfr", "-r", frameRateText(framesPerSecond)],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "yuv420p"],
  ];
}

interface Made {
  film: boolean;
  sound: { channels: number } | null;
  facts: OutputFacts;
}

function resultOf(
  { container, audio }: ComposeParams,
  { film, sound, facts }: Made,
  { outputDir }: PlanContext,
): { output: CommandOutput; declared: DeclaredOutput } {
  const kbps = audio?.bitrateKbps || AUDIO_KBPS_PER_CHANNEL * (sound?.channels ?? 1);
  const codec = container === "mp3" ? { encoder: "libmp3lame", name: "mp3" } : { encoder: "aac", name: "aac" };
  const soundArgs = sound === null ? [] : ["-map", "[audio]", "-c:a", codec.encoder, "-b:a", `${kbps}k`];
  const all = { ...facts, ...(sound === null ? {} : { audioCodec: codec.name }) };
  if (container === "mp3") {
    const name = "audio.mp3";
    return {
      output: { path: `${outputDir}/${name}`, options: [...soundArgs, "-f", "mp3"] },
      declared: {
        ...{ role: "audio", name, contentType: "audio/mpeg", facts: { container, ...all } },
        ...{ parts: null, probe: true },
      },
    };
  }
  return containerOutput(
    { container, hlsSegmentSeconds: 0, hlsSegmentType: "ts" },
    {
      role: film ? "video" : "audio",
      streamArgs: [...(film ? ["-map", "0:v", "-c:v", "copy"] : []), ...soundArgs],
      facts: all,
      videoTag: null,
      encryption: IN_CLEAR,
    },
    outputDir,
  );
}
