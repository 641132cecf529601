import type { Failure } from "../../error.ts";
import type { CommandOutput, Plan, PlanContext } from "../../plan.ts";
import { examinedStretchOf } from "../../report/examined-stretch.ts";
import { ok, type Result } from "../../result.ts";
import type { HealthCheckParams } from "./schema.ts";

export const packetsFile = (index: number) => `packets-${index}.txt`;
export const framesFile = (index: number) => `frames-${index}.txt`;

/**
 * Reads and decodes everything once. Of each stream two lists are written: the packets that are there, and the frames that
 * came of them. A decoder told to give up on what is damaged gives no frame for it, so damage is what the second list lacks.
 */
export function planHealthCheck(
  params: HealthCheckParams,
  { media, inputPath, scratchDir }: PlanContext,
): Result<Plan, Failure> {
  const { video, audio } = media;
  const found = examinedStretchOf(params, media);
  if (!found.ok) return found;
  const { startSeconds, endSeconds, input, trimPicture, trimSound } = found.value;
  const copied = (index: number): CommandOutput => ({
    path: `${scratchDir}/${packetsFile(index)}`,
    // Also those before the first key frame, which a copy would leave out.
    options: ["-map", `0:${index}`, "-c", "copy", "-copyinkf", "-f", "framecrc"],
  });
  const decoded = (index: number, trim: readonly string[], codec: readonly string[]): CommandOutput => ({
    path: `${scratchDir}/${framesFile(index)}`,
    options: ["-map", `0:${index}`, ...trim, ...codec, "-enc_time_base", "-1", "-f", "framecrc"],
  });
  return ok({
    commands: [
      {
        inputs: [
          {
            path: inputPath,
            options: [
              ...input,
              // Not for the demuxer, which would end at the first damage and leave the rest unread.
              ...["-err_detect:v", "crccheck+bitstream+buffer+explode", "-err_detect:a", "crccheck+explode"],
              "-noautorotate",
            ],
          },
        ],
        globals: ["-max_error_rate", "1"],
        outputs: [
          ...(video === null
            ? []
            : [
                copied(video.index),
                // By reference and as they come: neither copied, nor repeated, nor dropped.
                decoded(video.index, filtering("v", trimPicture), [
                  "-c:v",
                  "wrapped_avframe",
                  "-fps_mode",
                  "passthrough",
                ]),
              ]),
          ...audio.flatMap(({ index }) => [
            copied(index),
            decoded(index, filtering("a", trimSound), ["-c:a", "pcm_s16le"]),
          ]),
        ],
        expectedSeconds: endSeconds - startSeconds,
        // A stream of which nothing can be decoded makes ffmpeg fail at its end, and is a finding like others.
        mayFail: true,
      },
    ],
    files: [],
    outputs: [],
    continues: true,
    setsCover: false,
  });
}

function filtering(type: "v" | "a", steps: string | null): readonly string[] {
  return steps === null ? [] : [`-filter:${type}`, steps];
}
