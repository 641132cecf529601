/**
 * Pieces of a film, each encoded by a process of its own, become one file. So however many there are, memory holds one of
 * them at a time; pictures are encoded once and then copied, and sound, which is not compressed before, is encoded once.
 */
import { numberText } from "../../ffmpeg/filter.ts";
import type { Command, CommandInput, CommandOutput, PlanContext, PreparedFile } from "../../plan.ts";

/** Every usual number of frames a second divides it, also 24000/1001 and 30000/1001: no frame's time is rounded. */
const TICKS_PER_SECOND = 240_000;

/** Compared with encoding pictures, copying them costs next to nothing. */
export const EFFORT_OF_COPYING = 0.05;

/** Sound as it is until the film is whole: an encoder's delay and padding would be heard where pieces meet. */
export const PIECE_SOUND = [
  ...["-c:a", "flac", "-sample_fmt", "s32"],
  // What ffmpeg 5.1 calls experimental is only that few others read it from an MP4.
  ...["-strict", "experimental"],
];

/** A piece as a file of the scratch folder. `streamArgs` from `-map` on. */
export function pieceOutput(index: number, streamArgs: readonly string[], context: PlanContext): CommandOutput {
  return pieceFile(nameOf(index), streamArgs, context);
}

export function pieceFile(name: string, streamArgs: readonly string[], { scratchDir }: PlanContext): CommandOutput {
  return {
    path: `${scratchDir}/${name}`,
    options: [
      ...streamArgs,
      // All count time alike, as what is copied keeps its numbers.
      ...["-map_metadata", "-1", "-map_chapters", "-1", "-video_track_timescale", String(TICKS_PER_SECOND)],
      ...["-f", "mp4"],
    ],
  };
}

/** The list of the pieces, which begin at the asked seconds whatever their files say, and the command that writes the whole. */
export function joinPieces(
  durationsSeconds: readonly number[],
  output: CommandOutput,
  context: PlanContext,
): { prepared: PreparedFile[]; command: Command } {
  const pieces = durationsSeconds.map((seconds, index) => ({ name: nameOf(index), seconds }));
  const { prepared, input } = listPieces("pieces", pieces, context);
  return {
    prepared: [prepared],
    command: {
      inputs: [input],
      globals: [],
      outputs: [output],
      expectedSeconds: durationsSeconds.reduce((sum, seconds) => sum + seconds, 0),
      effort: EFFORT_OF_COPYING,
    },
  };
}

/** Files of the scratch folder, read as one. */
export function listPieces(
  name: string,
  pieces: readonly { name: string; seconds: number }[],
  { scratchDir }: PlanContext,
): { prepared: PreparedFile; input: CommandInput } {
  const path = `${scratchDir}/${name}.ffconcat`;
  const lines = pieces.flatMap((piece) => [`file ${piece.name}`, `duration ${numberText(piece.seconds)}`]);
  return {
    prepared: { path, text: ["ffconcat version 1.0", ...lines, ""].join("\n") },
    // The list is ours and names our own files; what it names is held to MP4.
    input: { path, options: ["-format_whitelist", "concat,mov", "-f", "concat"] },
  };
}

function nameOf(index: number): string {
  return `piece-${index}.mp4`;
}
