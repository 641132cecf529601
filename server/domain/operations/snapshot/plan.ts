import type { Failure } from "../../error.ts";
import type { DeclaredOutput, Plan, PlanContext } from "../../plan.ts";
import { fail, ok, type Result } from "../../result.ts";
import { type Position, secondOf } from "../position.ts";
import { chosenPictureCommand } from "./chosen-picture.ts";
import { declaredPicture, markedLookOf, pictureCommand, pictureEncoding } from "./picture.ts";
import type { PictureParams, SnapshotParams } from "./schema.ts";

/** One picture for each position. */
export function planSnapshot(params: SnapshotParams, context: PlanContext): Result<Plan, Failure> {
  return planPictures(params, params.positions, context);
}

/** A command of its own for each picture: seeking to it is quicker than decoding everything before it. */
export function planPictures(
  params: PictureParams,
  positions: readonly Position[],
  context: PlanContext,
): Result<Plan, Failure> {
  const { media, inputPath, outputDir, scratchDir } = context;
  const { video } = media;
  if (video === null) return fail({ code: "NO_VIDEO_STREAM", detail: media.formatName });
  const look = markedLookOf(params, video, context);
  if (!look.ok) return look;
  const { steps, marks, size } = look.value;
  const commands = [];
  const outputs: DeclaredOutput[] = [];
  for (const [index, position] of positions.entries()) {
    const seconds = secondOf(position, media.durationSeconds);
    if (!seconds.ok) return seconds;
    const name = `snapshot-${String(index + 1).padStart(3, "0")}.${params.format}`;
    const path = `${outputDir}/${name}`;
    const { unit } = position;
    // At the very end, and of a still image, there is one frame to choose from.
    if ((unit === "best" || unit === "not-black") && seconds.value < media.durationSeconds) {
      const reportPath = `${scratchDir}/chosen-${index + 1}.txt`;
      const picture = { choice: unit, fromSeconds: seconds.value, params, marks, path, reportPath };
      commands.push(chosenPictureCommand(picture, media, inputPath, video));
      outputs.push({ ...declaredPicture(name, params.format, size), report: reportPath });
    } else {
      const picture = { path, steps, encoding: pictureEncoding(params.format) };
      commands.push(pictureCommand(seconds.value, media, inputPath, video, picture));
      outputs.push(declaredPicture(name, params.format, size, seconds.value));
    }
  }
  return ok({ commands, files: [], outputs, setsCover: false });
}
