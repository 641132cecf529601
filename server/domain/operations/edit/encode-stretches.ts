/** Clips of any kind, decoded, made alike and encoded as one film, without a frame more or less than asked for. */

import type { Failure } from "../../error.ts";
import { frameRateText } from "../../ffmpeg/frame-rate.ts";
import { IN_CLEAR } from "../../modifiers/encryption/encrypt.ts";
import type { Command, CommandOutput, Plan, PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import { containerOutput } from "../transcode/container.ts";
import { joinPieces, PIECE_SOUND, pieceOutput } from "./join-pieces.ts";
import { type Film, type Piece, pieceGraph, pieceInput, piecesOf } from "./piece.ts";
import type { EditParams } from "./schema.ts";
import type { Stretch } from "./stretches.ts";
import { type PictureTarget, pictureTargetOf, type SoundTarget, soundTargetOf } from "./target.ts";

/** Quality at which nobody sees a loss: what is made here is worked on further. */
const CRF = 18;
export const AUDIO_KBPS_PER_CHANNEL = 96;

export function encodeStretches(
  params: EditParams,
  stretches: readonly Stretch[],
  context: PlanContext,
): Result<Plan, Failure> {
  const sounds = stretches.flatMap(({ audio }) => audio ?? []);
  const film = { picture: pictureTargetOf(params, stretches), sound: soundTargetOf(sounds), fill: params.fill };
  const pieces = piecesOf(stretches, film);
  const durationSeconds = pieces.reduce((sum, piece) => sum + piece.durationSeconds, 0);
  const { picture, sound } = film;
  const [piece, ...more] = pieces;
  if (piece === undefined) throw new Error("Nothing to join");
  const alone = more.length === 0;
  const { output, declared } = containerOutput(
    { container: "mp4", hlsSegmentSeconds: 0, hlsSegmentType: "ts" },
    {
      role: picture === null ? "audio" : "video",
      streamArgs: [
        ...(picture === null ? [] : alone ? pictureArgs(picture) : ["-map", "0:v", "-c:v", "copy"]),
        ...(sound === null ? [] : ["-map", alone ? "[audio]" : "0:a", ...soundArgs(sound)]),
      ],
      facts: {
        durationSeconds,
        ...(picture === null ? {} : { ...picture.frame, videoCodec: "h264", framesPerSecond: picture.framesPerSecond }),
        ...(sound === null ? {} : { audioCodec: "aac" }),
      },
      videoTag: null,
      encryption: IN_CLEAR,
    },
    context.outputDir,
  );
  const promise = { files: [], outputs: [declared], setsCover: false };
  if (alone) return ok({ ...promise, commands: [commandOn(piece, film, output)] });

  const streamArgs = [
    ...(picture === null ? [] : pictureArgs(picture)),
    ...(sound === null ? [] : ["-map", "[audio]", ...PIECE_SOUND]),
  ];
  const { prepared, command } = joinPieces(
    pieces.map((each) => each.durationSeconds),
    output,
    context,
  );
  const commands = pieces.map((each, index) => commandOn(each, film, pieceOutput(index, streamArgs, context)));
  return ok({ ...promise, prepared, commands: [...commands, command] });
}

function commandOn(piece: Piece, film: Film, output: CommandOutput): Command {
  return {
    inputs: [pieceInput(piece)],
    globals: ["-filter_complex", pieceGraph(piece, film)],
    outputs: [output],
    expectedSeconds: piece.durationSeconds,
  };
}

/** `bitrateKbps` of 0: as good as can be seen. */
export function pictureArgs({ framesPerSecond }: PictureTarget, bitrateKbps = 0): string[] {
  const rate =
    bitrateKbps === 0
      ? ["-crf", String(CRF)]
      : ["-b:v", `${bitrateKbps}k`, "-maxrate", `${1.5 * bitrateKbps}k`, "-bufsize", `${2 * bitrateKbps}k`];
  return [
    ...["-map", "[video]", "-fps_mode", "cfr", "-r", frameRateText(framesPerSecond)],
    ...["-c:v", "libx264", "-preset", "veryfast", ...rate, "-pix_fmt", "yuv420p"],
    // Found quickly when it is cut again.
    ...["-g", String(Math.max(1, Math.round(2 * framesPerSecond)))],
  ];
}

function soundArgs({ channels }: SoundTarget): string[] {
  return ["-c:a", "aac", "-b:a", `${channels * AUDIO_KBPS_PER_CHANNEL}k`];
}
