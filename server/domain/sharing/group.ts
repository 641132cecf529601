/**
 * Which subtasks of a task are carried out by one ffmpeg that reads and decodes the source once. Measured on 1080p: four
 * renditions, sampled pictures and a sprite take three fifths of the processor time they take apart.
 *
 * All outputs of a process are finished when it ends, so only what ends at about the same time goes together. Apart stay
 * - encoders many times as slow as decoding (H.265, AV1, made-up frames): there is hardly anything to save (two of H.265 at
 *   1080p and 360p: 4 %), and the others would wait for them;
 * - what is done long before a rendition is: single pictures, which seek; copies and sound, which decode no picture;
 * - what reads another stretch of the source, the source more than once, or other files.
 */
import type { Operation } from "../operations/operation.ts";
import type { Plan } from "../plan.ts";

/**
 * Pixels encoded at a time by one process, as what it keeps in memory grows with them: a 4K rendition with four smaller
 * ones (1.6 GiB on two cores, 4 GiB where encoders have 24 threads), or a dozen of 720p.
 */
const PIXELS_MAX = 12_500_000;

export interface PlannedOperation {
  operation: Operation;
  plan: Plan;
}

/** Groups in order of their first members, members in order. What shares with nobody is a group of its own. */
export function groupByReading<T extends PlannedOperation>(planned: readonly T[]): T[][] {
  const groups: { reading: string | null; pixels: number; members: T[] }[] = [];
  for (const one of planned) {
    const reading = readingOf(one);
    const pixels = pixelsOf(one);
    const group = groups.find((other) => other.reading === reading && other.pixels + pixels <= PIXELS_MAX);
    if (reading === null || group === undefined) groups.push({ reading, pixels, members: [one] });
    else {
      group.members.push(one);
      group.pixels += pixels;
    }
  }
  return groups.map(({ members }) => members);
}

/** Whether it would pay to let another operation have the frames that this one decodes. */
export function decodesToShare({ kind, params }: Operation): boolean {
  if (kind === "transcode") {
    const { video, headTails } = params;
    return video?.codec === "h264" && !((video.enhance?.interpolateTo ?? 0) > 0) && headTails.length === 0;
  }
  return kind === "sampled-snapshot" || kind === "sprite";
}

/** What is read, from where to where; plans of one reading can be merged. Null: this one cannot. */
function readingOf({ operation, plan }: PlannedOperation): string | null {
  const [command, ...more] = plan.commands;
  if (!decodesToShare(operation) || command === undefined || more.length > 0) return null;
  const { inputs, globals, expectedSeconds } = command;
  // Another input would move the numbers of all that follow; global options would hold for strangers.
  return inputs.length === 1 && globals.length === 0 ? JSON.stringify([inputs, expectedSeconds]) : null;
}

/** Pictures are encoded one at a time, and keep none in memory. */
function pixelsOf({ operation, plan }: PlannedOperation): number {
  if (operation.kind !== "transcode") return 0;
  return Math.max(0, ...plan.outputs.map(({ facts: { widthPx = 0, heightPx = 0 } }) => widthPx * heightPx));
}
