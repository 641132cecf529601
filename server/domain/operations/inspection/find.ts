/** What the files of an inspection say of the picture and of a sound. */
import type { VideoStream } from "../../media.ts";
import { numberIn, readFrameMetadata } from "../../report/frame-metadata.ts";
import { type Finding, type Measures, UNMEASURED } from "../../report/report.ts";
import type { ScratchFiles } from "../../report/scratch-files.ts";
import { isWithin, lengthOf, type Sample, type Span, spansOf } from "../../report/spans.ts";
import { MEASURED, PEAK_SECONDS } from "./plan.ts";
import type { InspectionParams } from "./schema.ts";

export interface Found {
  findings: Omit<Finding, "severity" | "thumbnail">[];
  measures: Measures;
}

/** Sound that was cut off stands still at its peak: runs of some four samples, the square of which this is in decibels. */
const FLAT_DB = 12;
/** Below it, a flat top is a quiet square wave. */
const FLAT_PEAK_DB = -1;
/** A sine of full scale has −3: what is louder was cut off, though compression has since rounded its corners. */
const CUT_OFF_RMS_DB = -2.5;

export async function findInPicture(
  { black, frozen, interlacing, blur, blockiness }: InspectionParams,
  { index, widthPx, heightPx }: Pick<VideoStream, "index" | "widthPx" | "heightPx">,
  endSeconds: number,
  files: ScratchFiles,
): Promise<Found> {
  const { blackStart, blackEnd, frozenStart, frozenEnd } = MEASURED;
  const dark = await pairs(files, blackStart, "black_start", blackEnd, "black_end", endSeconds);
  const freeze = "freezedetect.freeze_start";
  const thaw = "freezedetect.freeze_end";
  const still = await pairs(files, frozenStart, freeze, frozenEnd, thaw, endSeconds);
  // The same edge is wider where there are more points: larger pictures are measured in those of 1080p.
  const looks = await readLooks(files, endSeconds, Math.max(1, Math.min(widthPx, heightPx) / 1080));
  const of = (check: Finding["check"], spans: readonly Span[], minSeconds: number, threshold: number | null) =>
    lasting(spans, minSeconds).map((span) => ({
      ...{ check, stream: index, threshold, startSeconds: span.startSeconds, endSeconds: span.endSeconds },
      measured: threshold === null ? null : span.worst,
    }));
  const blocks = await readBlocks(files, endSeconds);
  return {
    findings: [
      ...(black ? of("black", dark, black.minSeconds, null) : []),
      // What is black stands still as well; once is enough.
      ...(frozen ? of("frozen", still, frozen.minSeconds, null).filter((span) => !isWithin(span, dark)) : []),
      ...(interlacing ? of("interlacing", spansOf(looks.map(interlacedLook)), interlacing.minSeconds, null) : []),
      ...(blur ? of("blur", spansOver(looks, blur.blurMax), blur.minSeconds, blur.blurMax) : []),
      ...(blockiness
        ? of("blockiness", spansOver(blocks, blockiness.blockinessMax), blockiness.minSeconds, blockiness.blockinessMax)
        : []),
    ],
    measures: {
      ...UNMEASURED,
      blur: meanOf(looks),
      blockiness: meanOf(blocks),
      interlacedPercent: interlacing ? shareOf(looks.map((look) => look.interlaced)) : null,
    },
  };
}

export async function findInSound(
  { silent, clipping }: InspectionParams,
  index: number,
  endSeconds: number,
  files: ScratchFiles,
): Promise<Found> {
  const [start, end] = [MEASURED.silentStart(index), MEASURED.silentEnd(index)];
  const still = await pairs(files, start, "silence_start", end, "silence_end", endSeconds);
  const findings: Found["findings"] = lasting(still, silent?.minSeconds ?? 0).map(({ startSeconds, endSeconds }) => {
    return { check: "silent", stream: index, startSeconds, endSeconds, measured: null, threshold: null };
  });
  if (clipping !== null) {
    const samples: Sample[] = [];
    for await (const { seconds, values } of readFrameMetadata(files, MEASURED.peaks(index))) {
      const peak = numberIn(values.get("astats.Overall.Peak_level"));
      if (peak === null) continue;
      const loud = (numberIn(values.get("astats.Overall.RMS_level")) ?? Number.NEGATIVE_INFINITY) > CUT_OFF_RMS_DB;
      const flat = (numberIn(values.get("astats.Overall.Flat_factor")) ?? 0) >= FLAT_DB && peak >= FLAT_PEAK_DB;
      const last = Math.min(seconds + PEAK_SECONDS, endSeconds);
      samples.push({
        startSeconds: seconds,
        endSeconds: last,
        worst: peak,
        over: flat || loud || peak > clipping.peakDb,
      });
    }
    for (const { startSeconds, endSeconds, worst } of lasting(spansOf(samples), clipping.minSeconds))
      findings.push({
        ...{ check: "clipping", stream: index, startSeconds, endSeconds },
        ...{ measured: worst, threshold: clipping.peakDb },
      });
  }
  return { findings, measures: { ...UNMEASURED, ...(await loudnessOf(files, index)) } };
}

/** It gathers over the media: what it said last is what holds for the whole. */
async function loudnessOf(files: ScratchFiles, index: number): Promise<Partial<Measures>> {
  let last: ReadonlyMap<string, string> = new Map();
  // The very last stretch may be too short to be measured.
  for await (const { values } of readFrameMetadata(files, MEASURED.loudness(index)))
    if (values.has("r128.I")) last = values;
  const loudness = numberIn(last.get("r128.I"));
  const peak = numberIn(last.get("r128.true_peak"));
  return {
    // The least it knows, which is what it says of silence.
    loudnessLufs: loudness === null || loudness <= -70 ? null : loudness,
    loudnessRangeLu: numberIn(last.get("r128.LRA")),
    truePeakDbtp: peak === null || peak <= 0 ? null : 20 * Math.log10(peak),
  };
}

/** Starts and ends that a detector wrote, matched. What goes on to the end of the media has no end of its own. */
async function pairs(
  files: ScratchFiles,
  startFile: string,
  startKey: string,
  endFile: string,
  endKey: string,
  endSeconds: number,
): Promise<Span[]> {
  const [starts, ends] = [await readValues(files, startFile, startKey), await readValues(files, endFile, endKey)];
  return starts.map((start, index) => {
    const startSeconds = Math.max(0, start);
    return { startSeconds, endSeconds: Math.max(startSeconds, ends[index] ?? endSeconds), worst: 0 };
  });
}

async function readValues(files: ScratchFiles, name: string, key: string): Promise<number[]> {
  const found: number[] = [];
  for await (const { values } of readFrameMetadata(files, name)) {
    const value = numberIn(values.get(key));
    if (value !== null) found.push(value);
  }
  return found;
}

/** One look at the picture; null where there is nothing to measure, such as in the dark. */
interface Look {
  startSeconds: number;
  endSeconds: number;
  measured: number | null;
}

/** Blur, and whether it is interlaced: null where that cannot be told, because little moves. */
async function readLooks(
  files: ScratchFiles,
  endSeconds: number,
  fineness: number,
): Promise<(Look & { interlaced: boolean | null })[]> {
  const looks = [];
  for await (const { seconds, values } of readFrameMetadata(files, MEASURED.looks)) {
    const kind = values.get("idet.multiple.current_frame");
    const blur = numberIn(values.get("blur"));
    looks.push({
      startSeconds: seconds,
      measured: blur === null ? null : blur / fineness,
      interlaced: kind === "tff" || kind === "bff" ? true : kind === "progressive" ? false : null,
    });
  }
  return until(looks, endSeconds);
}

/** Below it, in levels of grey, all steps are noise. */
const STEPS_MIN = 0.1;

/** How much larger steps are at the borders of blocks than everywhere. */
async function readBlocks(files: ScratchFiles, endSeconds: number): Promise<Look[]> {
  const looks = [];
  const borders = readFrameMetadata(files, MEASURED.borders);
  for await (const { seconds, values } of readFrameMetadata(files, MEASURED.steps)) {
    const border = await borders.next();
    const all = numberIn(values.get(AVERAGE)) ?? 0;
    const there = border.done ? null : numberIn(border.value.values.get(AVERAGE));
    looks.push({ startSeconds: seconds, measured: there === null || all < STEPS_MIN ? null : there / all });
  }
  return until(looks, endSeconds);
}

const AVERAGE = "signalstats.YAVG";

/** What is seen holds until the next look. */
function until<T extends { startSeconds: number }>(
  looks: readonly T[],
  endSeconds: number,
): (T & { endSeconds: number })[] {
  return looks.map((look, index) => {
    const next = looks[index + 1]?.startSeconds ?? Math.max(look.startSeconds, endSeconds);
    return { ...look, endSeconds: next };
  });
}

function spansOver(looks: readonly Look[], limit: number): Span[] {
  return spansOf(
    looks.map(({ measured, ...look }) => ({ ...look, over: (measured ?? 0) > limit, worst: measured ?? 0 })),
  );
}

function interlacedLook({ startSeconds, endSeconds, interlaced }: Look & { interlaced: boolean | null }): Sample {
  return { startSeconds, endSeconds, over: interlaced === true, worst: 0 };
}

/** A little mercy for times that were rounded. */
function lasting(spans: readonly Span[], minSeconds: number): Span[] {
  return spans.filter((span) => lengthOf(span) >= minSeconds - 0.005);
}

function meanOf(looks: readonly Look[]): number | null {
  const known = looks.flatMap(({ measured }) => measured ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function shareOf(values: readonly (boolean | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : (100 * known.filter(Boolean).length) / known.length;
}
