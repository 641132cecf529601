import type { Failure } from "../../error.ts";
import { chain } from "../../ffmpeg/filter.ts";
import { patternPath } from "../../ffmpeg/paths.ts";
import type { Command, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { progressOutput, samplingFilter, samplingOf, seekingPays } from "../sampling.ts";
import { declaredPicture, markedLookOf, pictureCommand, pictureEncoding } from "../snapshot/picture.ts";
import type { SampledSnapshotParams } from "./schema.ts";

/** Pictures at regular times, the first of them the first frame. */
export function planSampledSnapshot(params: SampledSnapshotParams, context: PlanContext): Result<Plan, Failure> {
  const { media, inputPath, outputDir } = context;
  const { video } = media;
  if (video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  const sampled = samplingOf(params.interval, media.durationSeconds);
  if (!sampled.ok) return sampled;
  const sampling = sampled.value;
  const look = markedLookOf(params, video, context);
  if (!look.ok) return look;
  const { steps, size } = look.value;
  const encoding = pictureEncoding(params.format);

  const secondOfPicture = (index: number) => index * sampling.intervalSeconds;
  const outputs = Array.from({ length: sampling.count }, (_, index) => {
    const name = `sample-${String(index + 1).padStart(5, "0")}.${params.format}`;
    return declaredPicture(name, params.format, size, secondOfPicture(index));
  });
  const onePass: Command = {
    inputs: [{ path: inputPath, options: [] }],
    globals: [],
    outputs: [
      {
        path: patternPath(outputDir, `sample-%05d.${params.format}`),
        options: [
          ...["-map", `0:${video.index}`],
          ...["-filter:v", chain([samplingFilter(sampling), steps])],
          // Pictures have no times of their own to keep to.
          ...["-fps_mode", "passthrough"],
          ...encoding,
          ...["-f", "image2"],
        ],
      },
      progressOutput(video),
    ],
    expectedSeconds: media.durationSeconds,
  };
  const commands = seekingPays(sampling, media)
    ? outputs.map(({ name }, index) =>
        pictureCommand(secondOfPicture(index), media, inputPath, video, {
          path: `${outputDir}/${name}`,
          steps,
          encoding,
        }),
      )
    : [onePass];
  return ok({ commands, files: [], outputs, setsCover: false });
}
