import type { Failure } from "../../error.ts";
import { chain, filter } from "../../ffmpeg/filter.ts";
import { patternPath } from "../../ffmpeg/paths.ts";
import type { VideoStream } from "../../media.ts";
import type { Command, CommandOutput, DeclaredOutput, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { progressOutput, type Sampling, samplingFilter, samplingOf, seekingPays } from "../sampling.ts";
import { lookOf, pictureColours, pictureCommand, pictureEncoding } from "../snapshot/picture.ts";
import { SHEET_SIDE_PX_MAX, type SpriteParams } from "./schema.ts";
import { cuesOf, declaredSheets, declaredTiles, sheetSizeOf, sheetsOf, tileFilter } from "./sheets.ts";

const CUES: DeclaredOutput = {
  ...{ role: "cues", name: "sprite.vtt", contentType: "text/vtt", facts: {}, parts: null, probe: false },
};

/** Small pictures at regular times, tiled row by row onto sheets, and a WebVTT file that says which is where. */
export function planSprite(params: SpriteParams, context: PlanContext): Result<Plan, Failure> {
  const { media, outputDir } = context;
  const { video } = media;
  if (video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  const sampled = samplingOf(params.interval, media.durationSeconds);
  if (!sampled.ok) return sampled;
  const sampling = sampled.value;

  // Tiles keep the colours of the source; the sheet as a whole is brought to those of its format.
  const { steps: look, size: tile } = lookOf({ ...params, format: "png" }, video);
  const sheets = sheetsOf(params, tile, sampling.count);
  const { widthPx, heightPx } = sheetSizeOf(sheets);
  if (Math.max(widthPx, heightPx) > SHEET_SIDE_PX_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `columns: a sheet would be ${widthPx}x${heightPx} px` });

  const colours = pictureColours(params.format);
  const written: Written[] = [
    { path: patternPath(outputDir, `sprite-%03d.${params.format}`), steps: chain([tileFilter(sheets), colours]) },
    ...(params.keepTiles
      ? [{ path: patternPath(outputDir, `tile-%05d.${params.format}`), steps: colours ?? filter("null") }]
      : []),
  ];
  const encoding = pictureEncoding(params.format);
  return ok({
    commands: seekingPays(sampling, media)
      ? tilesByThemselves(context, video, sampling, look, written, encoding)
      : [allInOnePass(context, video, sampling, look, written, encoding)],
    files: [{ name: CUES.name, text: cuesOf(sheets, sampling, params.format, media.durationSeconds) }],
    outputs: [
      ...declaredSheets(sheets, sampling.count, params.format),
      CUES,
      ...(params.keepTiles ? declaredTiles(sheets, sampling, params.format) : []),
    ],
    setsCover: false,
  });
}

/** Files made of tiles: what is done with tiles that have their look. */
interface Written {
  path: string;
  steps: string;
}

function pictureOptions(steps: string, encoding: readonly string[]): string[] {
  // A sheet is written when its tiles are there; it has no time of its own to keep to.
  return ["-filter:v", steps, "-fps_mode", "passthrough", ...encoding, "-f", "image2"];
}

/**
 * Decoding only key frames would be many times quicker, but each tile would show the key frame before its time, seconds
 * off; so everything is decoded, unless there is little to decode around far-apart tiles (below).
 */
function allInOnePass(
  { media, inputPath }: PlanContext,
  video: VideoStream,
  sampling: Sampling,
  look: string,
  written: readonly Written[],
  encoding: readonly string[],
): Command {
  const outputs = written.map(({ path, steps }): CommandOutput => {
    const whole = chain([samplingFilter(sampling), look, steps]);
    return { path, options: ["-map", `0:${video.index}`, ...pictureOptions(whole, encoding)] };
  });
  return {
    inputs: [{ path: inputPath, options: [] }],
    globals: [],
    outputs: [...outputs, progressOutput(video)],
    expectedSeconds: media.durationSeconds,
  };
}

/** A seek for each tile, then one command that makes of them what is to be published. */
function tilesByThemselves(
  { media, inputPath, scratchDir }: PlanContext,
  video: VideoStream,
  sampling: Sampling,
  look: string,
  written: readonly Written[],
  encoding: readonly string[],
): Command[] {
  const lossless = pictureEncoding("png");
  const tiles = Array.from({ length: sampling.count }, (_, index) => {
    const path = `${scratchDir}/tile-${String(index).padStart(5, "0")}.png`;
    const picture = { path, steps: look, encoding: lossless };
    return pictureCommand(index * sampling.intervalSeconds, media, inputPath, video, picture);
  });
  const layOut: Command = {
    inputs: [
      {
        path: patternPath(scratchDir, "tile-%05d.png"),
        options: ["-f", "image2", "-pattern_type", "sequence", "-start_number", "0"],
      },
    ],
    globals: [],
    outputs: written.map(({ path, steps }) => ({ path, options: pictureOptions(steps, encoding) })),
    expectedSeconds: 0,
  };
  return [...tiles, layOut];
}
