import type { Failure } from "../../error.ts";
import { patternPath } from "../../ffmpeg/paths.ts";
import type { Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { sampledInOnePass, samplingOf, secondOfPicture, seekingPays } from "../sampling.ts";
import { declaredPicture, markedLookOf, pictureCommand, pictureEncoding } from "../snapshot/picture.ts";
import { timeRangeOf } from "../time-range.ts";
import { planScenes } from "./scenes.ts";
import type { SampledSnapshotParams } from "./schema.ts";

/** Pictures at regular times or of every scene, the first of them the first frame of the stretch. */
export function planSampledSnapshot(params: SampledSnapshotParams, context: PlanContext): Result<Plan, Failure> {
  const { media, inputPath, outputDir } = context;
  const { video } = media;
  if (video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  const { interval } = params;
  if (interval.unit === "scenes") {
    const range = timeRangeOf(params, media.durationSeconds);
    return range.ok ? planScenes(interval, params, range.value, context, video) : range;
  }
  const sampled = samplingOf({ ...params, interval }, media.durationSeconds);
  if (!sampled.ok) return sampled;
  const sampling = sampled.value;
  const look = markedLookOf(params, video, context);
  if (!look.ok) return look;
  const { steps, size } = look.value;
  const encoding = pictureEncoding(params.format);

  const outputs = Array.from({ length: sampling.count }, (_, index) => {
    const name = `sample-${String(index + 1).padStart(5, "0")}.${params.format}`;
    return declaredPicture(name, params.format, size, secondOfPicture(sampling, index));
  });
  const commands = seekingPays(sampling, media)
    ? outputs.map(({ name }, index) =>
        pictureCommand(secondOfPicture(sampling, index), media, inputPath, video, {
          path: `${outputDir}/${name}`,
          steps,
          encoding,
        }),
      )
    : [
        sampledInOnePass(context, video, sampling, {
          path: patternPath(outputDir, `sample-%05d.${params.format}`),
          steps,
          options: encoding,
        }),
      ];
  return ok({ commands, files: [], outputs, setsCover: false });
}
