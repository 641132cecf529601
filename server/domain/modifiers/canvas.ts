import { chain, filter, graph } from "../ffmpeg/filter.ts";
import type { Size } from "../operations/picture-size.ts";

/** The time line of what is written, as its filters see it. */
export interface TimeLine {
  durationSeconds: number;
  /** Where it begins on the clock of the filters: later than 0 where what is decoded first is dropped in the end. */
  startsAtSeconds: number;
}

export type Pixels = "yuv420p" | "yuv420p10le" | "gbrp";
export type ColourMatrix = "bt601" | "bt709" | "bt2020";

/** What something is laid on: the finished frame, just before it is encoded. */
export interface Canvas {
  frame: Size;
  /** Null for single pictures, which have no time. */
  timeLine: TimeLine | null;
  pixels: Pixels;
  /** How its colours are turned into luma and chroma; means nothing for `gbrp`. */
  matrix: ColourMatrix;
  /** How bright the white of a drawing is on it: 1, or less where 1 is the glare of HDR. */
  white: number;
}

/** The frames of a film, rather than single pictures. */
export type FilmCanvas = Canvas & { timeLine: TimeLine };

/** Something laid on a canvas: what it is, and the `overlay` that places it. */
export interface Layer {
  /** A source of its own, or filters over a copy of what lies below. */
  of: "file" | "picture";
  steps: string;
  overlay: { x: number | string; y: number | string; shortest?: 1; enable?: string };
}

const OVERLAY_FORMATS: Record<Pixels, string> = { yuv420p: "yuv420", yuv420p10le: "yuv420p10", gbrp: "gbrp" };

/**
 * All layers, the first one lowest, as a part of a filter chain: what stands before it flows in, and what stands after it
 * gets the result. Nothing but the frame's own filters is needed, so several outputs can still share one process.
 */
export function layersFilter(layers: readonly Layer[], { pixels }: Canvas): string | null {
  if (layers.length === 0) return null;
  const chains: { from?: string[]; steps: string; to?: string[] }[] = [];
  // Said outright: what a drawing is converted to depends on it.
  let open: { from?: string[]; steps: string } = { steps: filter("format", [pixels]) };
  for (const [index, { of, steps, overlay }] of layers.entries()) {
    const [below, copy, above] = [`below-${index + 1}`, `copy-${index + 1}`, `above-${index + 1}`];
    if (of === "file") {
      chains.push({ ...open, to: [below] }, { steps, to: [above] });
    } else {
      chains.push({ ...open, steps: chain([open.steps, filter("split")]), to: [below, copy] });
      chains.push({ from: [copy], steps, to: [above] });
    }
    open = { from: [below, above], steps: filter("overlay", { ...overlay, format: OVERLAY_FORMATS[pixels] }) };
  }
  return graph([...chains, open]);
}
