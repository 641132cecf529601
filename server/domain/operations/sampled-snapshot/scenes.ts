import type { Failure } from "../../error.ts";
import { chain, filter, numberText } from "../../ffmpeg/filter.ts";
import { frameReport } from "../../ffmpeg/frame-report.ts";
import { patternPath } from "../../ffmpeg/paths.ts";
import { type Seek, seekTo } from "../../ffmpeg/seek.ts";
import type { VideoStream } from "../../media.ts";
import type { Plan, PlanContext } from "../../plan.ts";
import { ok, type Result } from "../../result.ts";
import type { Scenes } from "../interval.ts";
import { progressOutput } from "../sampling.ts";
import { CONTENT_TYPES, markedLookOf, pictureEncoding } from "../snapshot/picture.ts";
import type { PictureParams } from "../snapshot/schema.ts";
import { onSourceTime } from "../stretch-frames.ts";
import type { TimeRange } from "../time-range.ts";

/** The first frame of every scene of a stretch. How many there are is known when all of it was decoded. */
export function planScenes(
  scenes: Scenes,
  params: PictureParams,
  stretch: TimeRange,
  context: PlanContext,
  video: VideoStream,
): Result<Plan, Failure> {
  const { media, inputPath, outputDir, scratchDir } = context;
  const look = markedLookOf(params, video, context);
  if (!look.ok) return look;
  const { steps, size } = look.value;
  const seek = seekTo(stretch.startSeconds, media);
  const readSeconds = seek.surplusSeconds + stretch.durationSeconds;
  const progress = progressOutput(video);
  const report = `${scratchDir}/scenes.txt`;
  const chosen = chain([stretchFilter(stretch, seek), firstFramesFilter(scenes), frameReport(report), steps]);
  const numbering = { prefix: "scene-", digits: 5, suffix: `.${params.format}` };
  return ok({
    commands: [
      {
        inputs: [{ path: inputPath, options: seek.input }],
        globals: [],
        outputs: [
          {
            path: patternPath(outputDir, `scene-%05d.${params.format}`),
            options: [
              ...["-map", `0:${video.index}`],
              ...["-filter:v", chosen],
              // Pictures have no times of their own to keep to.
              ...["-fps_mode", "passthrough"],
              ...pictureEncoding(params.format),
              ...["-f", "image2"],
            ],
          },
          // Without a limit it would read on to the end of the source.
          stretch.whole ? progress : { ...progress, options: ["-t", numberText(readSeconds), ...progress.options] },
        ],
        expectedSeconds: readSeconds,
      },
    ],
    files: [],
    outputs: [],
    series: [
      {
        ...{ role: "image", contentType: CONTENT_TYPES[params.format], facts: size, parts: null, probe: false },
        ...{ numbering, report },
      },
    ],
    setsCover: false,
  });
}

/** Its frames, at their times on the source's time line. */
function stretchFilter({ startSeconds, durationSeconds, whole }: TimeRange, { surplusSeconds }: Seek): string | null {
  if (whole) return null;
  return chain([
    filter("trim", { start: numberText(surplusSeconds), duration: numberText(durationSeconds) }),
    onSourceTime(startSeconds - surplusSeconds),
  ]);
}

function firstFramesFilter({ changePercent, minDistanceSeconds, countMax }: Scenes): string {
  const cut = `gt(scene,${changePercent / 100})`;
  // Times of frames are rounded.
  const farEnough = `gte(t-prev_selected_t+0.001,${minDistanceSeconds})`;
  return chain([
    // `scene` is how much of the picture changed since the frame before, from 0 to 1. The first frame has none before.
    filter("select", [`if(isnan(prev_selected_t),1,${cut}*${farEnough})`]),
    filter("trim", { end_frame: countMax }),
  ]);
}
