import type { Failure } from "../../error.ts";
import { chain, filter } from "../../ffmpeg/filter.ts";
import { patternPath } from "../../ffmpeg/paths.ts";
import type { VideoStream } from "../../media.ts";
import type { Command, DeclaredOutput, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { type Sampling, sampledInOnePass, samplingOf, secondOfPicture, seekingPays } from "../sampling.ts";
import { lookOf, pictureColours, pictureCommand, pictureEncoding } from "../snapshot/picture.ts";
import { SHEET_SIDE_PX_MAX, type SpriteParams } from "./schema.ts";
import { cuesOf, declaredSheets, sheetSizeOf, sheetsOf } from "./sheets.ts";

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

  const tiling = chain([filter("tile", [`${sheets.columns}x${sheets.rows}`]), pictureColours(params.format)]);
  const path = patternPath(outputDir, `sprite-%03d.${params.format}`);
  const encoding = pictureEncoding(params.format);
  return ok({
    commands: seekingPays(sampling, media)
      ? tilesByThemselves(context, video, sampling, look, { path, steps: tiling, options: encoding })
      : [sampledInOnePass(context, video, sampling, { path, steps: chain([look, tiling]), options: encoding })],
    files: [{ name: CUES.name, text: cuesOf(sheets, sampling, params.format) }],
    outputs: [...declaredSheets(sheets, sampling.count, params.format), CUES],
    setsCover: false,
  });
}

/** A seek for each tile, then one command that lays them out. */
function tilesByThemselves(
  { media, inputPath, scratchDir }: PlanContext,
  video: VideoStream,
  sampling: Sampling,
  look: string,
  sheet: { path: string; steps: string; options: readonly string[] },
): Command[] {
  const encoding = pictureEncoding("png");
  const tiles = Array.from({ length: sampling.count }, (_, index) => {
    const path = `${scratchDir}/tile-${String(index).padStart(5, "0")}.png`;
    const picture = { path, steps: look, encoding };
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
    outputs: [
      {
        path: sheet.path,
        // A sheet is written when its tiles are there; it has no time of its own to keep to.
        options: ["-filter:v", sheet.steps, "-fps_mode", "passthrough", ...sheet.options, "-f", "image2"],
      },
    ],
    expectedSeconds: 0,
  };
  return [...tiles, layOut];
}
