import type { Failure } from "../../error.ts";
import { chain, filter } from "../../ffmpeg/filter.ts";
import { patternPath } from "../../ffmpeg/paths.ts";
import type { VideoStream } from "../../media.ts";
import type { Command, DeclaredOutput, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import {
  type SampledPictures,
  type Sampling,
  sampledInOnePass,
  samplingOf,
  secondOfPicture,
  seekingPays,
} from "../sampling.ts";
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
  const sampled = samplingOf(params, media.durationSeconds);
  if (!sampled.ok) return sampled;
  const sampling = sampled.value;

  // Tiles keep the colours of the source; the sheet as a whole is brought to those of its format.
  const { steps: look, size: tile } = lookOf({ ...params, format: "png" }, video);
  const sheets = sheetsOf(params, tile, sampling.count);
  const { widthPx, heightPx } = sheetSizeOf(sheets);
  if (Math.max(widthPx, heightPx) > SHEET_SIDE_PX_MAX)
    return fail({ code: "INVALID_PARAMETER", detail: `columns: a sheet would be ${widthPx}x${heightPx} px` });

  const colours = pictureColours(params.format);
  const options = pictureEncoding(params.format);
  const written: SampledPictures[] = [
    {
      path: patternPath(outputDir, `sprite-%03d.${params.format}`),
      steps: chain([tileFilter(sheets), colours]),
      options,
    },
    ...(params.keepTiles
      ? [{ path: patternPath(outputDir, `tile-%05d.${params.format}`), steps: colours ?? filter("null"), options }]
      : []),
  ];
  return ok({
    commands: seekingPays(sampling, media)
      ? tilesByThemselves(context, video, sampling, look, written)
      : [
          sampledInOnePass(
            context,
            video,
            sampling,
            ...written.map((one) => ({ ...one, steps: chain([look, one.steps]) })),
          ),
        ],
    files: [{ name: CUES.name, text: cuesOf(sheets, sampling, params.format) }],
    outputs: [
      ...declaredSheets(sheets, sampling.count, params.format),
      CUES,
      ...(params.keepTiles ? declaredTiles(sheets, sampling, params.format) : []),
    ],
    setsCover: false,
  });
}

/** A seek for each tile, then one command that makes of them what is to be published. */
function tilesByThemselves(
  { media, inputPath, scratchDir }: PlanContext,
  video: VideoStream,
  sampling: Sampling,
  look: string,
  written: readonly SampledPictures[],
): Command[] {
  const lossless = pictureEncoding("png");
  const tiles = Array.from({ length: sampling.count }, (_, index) => {
    const path = `${scratchDir}/tile-${String(index).padStart(5, "0")}.png`;
    const picture = { path, steps: look, encoding: lossless };
    return pictureCommand(secondOfPicture(sampling, index), media, inputPath, video, picture);
  });
  const layOut: Command = {
    inputs: [
      {
        path: patternPath(scratchDir, "tile-%05d.png"),
        options: ["-f", "image2", "-pattern_type", "sequence", "-start_number", "0"],
      },
    ],
    globals: [],
    outputs: written.map(({ path, steps, options }) => ({
      path,
      // A sheet is written when its tiles are there; it has no time of its own to keep to.
      options: ["-filter:v", steps, "-fps_mode", "passthrough", ...options, "-f", "image2"],
    })),
    expectedSeconds: 0,
  };
  return [...tiles, layOut];
}
