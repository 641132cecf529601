/**
 * The commands that put what a trial made beside what it was made from. Both are brought to the size of the source: it is how
 * a player shows them, so that a smaller rendition is measured by what its viewers see, and not by how well it was compressed.
 */
import { chain, filter, graph, numberText } from "../ffmpeg/filter.ts";
import { frameRateText } from "../ffmpeg/frame-rate.ts";
import { seekTo } from "../ffmpeg/seek.ts";
import { displaySizeOf, type MediaInfo, type VideoStream } from "../media.ts";
import type { Operation } from "../operations/operation.ts";
import { deinterlaceFilter } from "../operations/picture-filter.ts";
import { type Placement, placementOf, type Size } from "../operations/picture-size.ts";
import { croppedSource } from "../operations/transcode/areas.ts";
import { toneMapFilter } from "../operations/transcode/tone-map.ts";
import type { Command } from "../plan.ts";
import type { ChosenStretch } from "./choose-stretch.ts";
import type { Ssim } from "./trial.ts";

/** As large as screens are; a frame of two of these is what browsers still decode smoothly. */
const SHOWN = { widthPx: 1920, heightPx: 1080 };

export interface Comparison {
  source: { path: string; media: MediaInfo; video: VideoStream };
  made: { path: string; video: VideoStream; hasSound: boolean };
  operation: Operation;
  stretch: ChosenStretch;
  /** Each frame's similarity, a line. */
  ssimPath: string;
  pairPath: string;
}

export function shownSizeOf(video: VideoStream, operation: Operation): Size {
  const { widthPx, heightPx } = displaySizeOf(seenSource(video, operation));
  const scale = Math.min(1, SHOWN.widthPx / widthPx, SHOWN.heightPx / heightPx);
  return { widthPx: even(widthPx * scale), heightPx: even(heightPx * scale) };
}

export function compareCommand({ source, made, operation, stretch, ssimPath, pairPath }: Comparison): Command {
  const seen = seenSource(source.video, operation);
  const seek = seekTo(stretch.startSeconds, source.media);
  const speed = operation.kind === "transcode" ? operation.params.playbackSpeed : 1;
  const rate = filter("fps", { fps: frameRateText(made.video.framesPerSecond || 25) });
  const full = displaySizeOf(seen);
  const fullSize = filter("scale", { w: even(full.widthPx), h: even(full.heightPx), flags: "bicubic" });
  const shown = shownSizeOf(source.video, operation);
  const common = chain([filter("setsar", [1]), filter("format", ["yuv420p"]), filter("setpts", ["PTS-STARTPTS"])]);
  const original = chain([
    deinterlaceFilter(source.video),
    speed === 1 ? null : filter("setpts", [`PTS/${numberText(speed)}`]),
    // At the places where the encoded frames were taken.
    rate,
    filter("trim", {
      start: numberText(seek.surplusSeconds / speed),
      duration: numberText(stretch.durationSeconds / speed),
    }),
    toneMapFilter(source.video, source.video),
    cropOf(operation),
    fullSize,
    common,
  ]);
  const split = filter("split", [2]);
  return {
    inputs: [
      {
        path: source.path,
        options: [...seek.input, "-t", numberText(seek.surplusSeconds + stretch.durationSeconds)],
      },
      { path: made.path, options: [] },
    ],
    globals: [
      "-filter_complex",
      graph([
        { from: [`0:${source.video.index}`], steps: chain([original, split]), to: ["original", "above"] },
        {
          from: [`1:${made.video.index}`],
          steps: chain([rate, withoutBars(operation, source.video), fullSize, common, split]),
          to: ["made", "below"],
        },
        {
          from: ["made", "original"],
          steps: chain([filter("ssim", { stats_file: ssimPath, shortest: 1 }), filter("nullsink")]),
        },
        { from: ["above"], steps: filter("scale", [shown.widthPx, shown.heightPx]), to: ["upper"] },
        { from: ["below"], steps: filter("scale", [shown.widthPx, shown.heightPx]), to: ["lower"] },
        { from: ["upper", "lower"], steps: filter("vstack", { shortest: 1 }), to: ["pair"] },
      ]),
    ],
    outputs: [
      {
        path: pairPath,
        options: [
          ...["-map", "[pair]", ...(made.hasSound ? ["-map", "1:a:0", "-c:a", "aac", "-b:a", "192k", "-ac", "2"] : [])],
          // A quality at which nobody sees that it was encoded again; frames that can be gone to one by one.
          ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "10", "-g", "12", "-bf", "0", "-pix_fmt", "yuv420p"],
          ...["-movflags", "+faststart", "-f", "mp4"],
        ],
      },
    ],
    expectedSeconds: stretch.durationSeconds,
  };
}

function seenSource(video: VideoStream, operation: Operation): VideoStream {
  return operation.kind === "transcode" && operation.params.video !== null
    ? croppedSource(video, operation.params.video)
    : video;
}

function cropOf(operation: Operation): string | null {
  if (operation.kind !== "transcode" || operation.params.video?.crop == null) return null;
  const { areaWidthPx, areaHeightPx, leftPx, topPx } = operation.params.video.crop;
  return filter("crop", [areaWidthPx, areaHeightPx, leftPx, topPx]);
}

/** Bars are none of the picture, and have nothing to be compared with. */
function withoutBars(operation: Operation, source: VideoStream): string | null {
  if (operation.kind !== "transcode" || operation.params.video === null) return null;
  const { video } = operation.params;
  const { frame, picture }: Placement = placementOf(croppedSource(source, video), video, video.fill, 2);
  if (frame.widthPx === picture.widthPx && frame.heightPx === picture.heightPx) return null;
  return filter("crop", [picture.widthPx, picture.heightPx]);
}

function even(px: number): number {
  return Math.max(2, 2 * Math.round(px / 2));
}

/** Of `n:1 Y:0.98 U:0.99 V:0.99 All:0.98 (17.9)`, a line a frame. Null: no frame was compared. */
export function readSsim(lines: string, framesPerSecond: number): Ssim | null {
  const frames = [...lines.matchAll(/^n:(\d+) Y:([\d.]+) U:([\d.]+) V:([\d.]+) All:([\d.]+)/gm)].map((found) =>
    found.slice(1).map(Number),
  );
  if (frames.length === 0) return null;
  const mean = (place: number) => frames.reduce((sum, frame) => sum + (frame[place] ?? 0), 0) / frames.length;
  const worst = frames.reduce((least, frame) => ((frame[4] ?? 1) < (least[4] ?? 1) ? frame : least));
  const [number = 1, , , , lowest = 1] = worst;
  return {
    ...{ y: mean(1), u: mean(2), v: mean(3), all: mean(4) },
    ...{ lowest, lowestAtSeconds: framesPerSecond > 0 ? (number - 1) / framesPerSecond : 0 },
  };
}

/** Both sounds as they come out of a decoder, for the ear; and as one track, for a waveform. */
export function soundCommand(
  input: Command["inputs"][number],
  streamIndex: number,
  { listenPath, drawPath }: { listenPath: string; drawPath: string },
): Command {
  const map = ["-map", `0:${streamIndex}`];
  return {
    inputs: [input],
    globals: [],
    outputs: [
      { path: listenPath, options: [...map, "-c:a", "pcm_s16le", "-map_metadata", "-1", "-f", "wav"] },
      { path: drawPath, options: [...map, "-c:a", "pcm_s16le", "-ac", "1", "-ar", "8000", "-f", "s16le"] },
    ],
    expectedSeconds: 0,
  };
}

const BINS = 240;

/** The loudest of each part, from 0 to 1. */
export function peaksOf(samples: Int16Array): number[] {
  const size = Math.max(1, Math.ceil(samples.length / BINS));
  return Array.from({ length: Math.min(BINS, Math.ceil(samples.length / size)) }, (_, bin) => {
    let peak = 0;
    for (const sample of samples.subarray(bin * size, (bin + 1) * size)) peak = Math.max(peak, Math.abs(sample));
    return Math.round((1000 * peak) / 32_768) / 1000;
  });
}
