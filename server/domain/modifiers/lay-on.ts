import type { Failure } from "../error.ts";
import type { Plan, PlanContext, PreparedFile } from "../plan.ts";
import { ok, type Result } from "../result.ts";
import { type Canvas, type FilmCanvas, type Layer, layersFilter } from "./canvas.ts";
import { mosaicLayer } from "./mosaic/plan.ts";
import type { Mosaic } from "./mosaic/schema.ts";
import { planWatermark } from "./watermark/plan.ts";
import type { PictureWatermark, Watermark } from "./watermark/schema.ts";

export interface LaidOn {
  /** The last steps of a frame's filter chain; null where nothing is laid on. */
  steps: string | null;
  prepared: readonly PreparedFile[];
}

interface FilmMarks {
  watermarks: readonly Watermark[];
  mosaics?: readonly Mosaic[];
}

/** Mosaics hide what is in the film; marks come on top of them. `name` tells apart what several canvases have drawn. */
export function layOnFilm(
  { watermarks, mosaics = [] }: FilmMarks,
  canvas: FilmCanvas,
  context: PlanContext,
  name = "",
): Result<LaidOn, Failure> {
  const layers: Layer[] = [];
  for (const [index, mosaic] of mosaics.entries()) {
    const layer = mosaicLayer(mosaic, `mosaics.${index}`, canvas);
    if (!layer.ok) return layer;
    layers.push(layer.value);
  }
  return layOn(watermarks, { canvas, context, name, layers });
}

export function layOnPicture(
  watermarks: readonly PictureWatermark[],
  canvas: Canvas,
  context: PlanContext,
): Result<LaidOn, Failure> {
  return layOn(watermarks, { canvas, context, name: "", layers: [] });
}

function layOn(
  watermarks: readonly (Watermark | PictureWatermark)[],
  { canvas, context, name, layers }: { canvas: Canvas; context: PlanContext; name: string; layers: readonly Layer[] },
): Result<LaidOn, Failure> {
  const above: Layer[] = [];
  const prepared: PreparedFile[] = [];
  for (const [index, watermark] of watermarks.entries()) {
    const drawnPath = `${context.scratchDir}/${name}watermark-${index + 1}.png`;
    const planned = planWatermark(watermark, { path: `watermarks.${index}`, drawnPath }, canvas, context);
    if (!planned.ok) return planned;
    above.push(planned.value.layer);
    prepared.push(...planned.value.prepared);
  }
  return ok({ steps: layersFilter([...layers, ...above], canvas), prepared });
}

/** A plan says nothing of files to prepare where there are none. */
export function preparing(files: readonly PreparedFile[]): Pick<Plan, "prepared"> {
  return files.length === 0 ? {} : { prepared: files };
}
