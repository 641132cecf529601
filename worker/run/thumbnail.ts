import { join } from "node:path";
import type { MediaInfo } from "#domain/media.ts";
import { operation, planOperation } from "#domain/operations/operation.ts";
import type { Command } from "#domain/plan.ts";
import { COMMAND_LIMITS, type CommandLimits, runCommand } from "./ffmpeg.ts";
import type { Workspace } from "./workspace.ts";

const WIDTH_PX = 480;
/** One picture, out of a file nobody has looked into: one made to take for ever must not keep all others waiting. */
const LIMITS: CommandLimits = { ...COMMAND_LIMITS, wallSeconds: 120, processorSeconds: 240 };
/** The very beginning is often black. */
const SNAPSHOT = operation.parse({
  kind: "snapshot",
  params: {
    ...{ format: "jpg", widthPx: WIDTH_PX, resolutionAdaptive: false },
    positions: [{ unit: "percent", value: 10 }],
  },
});

/** A small JPEG of a video, a picture or the cover of a record. Null when there is nothing to see or it cannot be read. */
export async function makeThumbnail(
  inputPath: string,
  media: MediaInfo,
  workspace: Workspace,
  { signal, limits = LIMITS }: { signal: AbortSignal; limits?: CommandLimits },
): Promise<string | null> {
  const madeBy = async (command: Command) => {
    const made = await runCommand(command, { signal, limits });
    return made.ok ? (command.outputs[0]?.path ?? null) : null;
  };
  const outputDir = await workspace.folder("thumbnail");
  if (media.video === null) {
    const picture = media.attachedPictureIndex;
    return picture === null ? null : madeBy(attachedPicture(inputPath, picture, join(outputDir, "cover.jpg")));
  }
  const plan = planOperation(SNAPSHOT, { media, inputPath, outputDir, scratchDir: outputDir, files: {} });
  const [command] = plan.ok ? plan.value.commands : [];
  return command === undefined ? null : madeBy(command);
}

function attachedPicture(inputPath: string, index: number, path: string): Command {
  const options = ["-map", `0:${index}`, "-frames:v", "1", "-vf", `scale=${WIDTH_PX}:-2`, "-c:v", "mjpeg", "-q:v", "4"];
  return {
    inputs: [{ path: inputPath, options: [] }],
    globals: [],
    outputs: [{ path, options: [...options, "-pix_fmt", "yuvj420p", "-f", "image2", "-update", "1"] }],
    expectedSeconds: 0,
  };
}
