/** Folders for outputs that are named after what they are made of: `films/{inputName}`. */
import type { Tx } from "../db/client.ts";
import type { Failure } from "../domain/error.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { isStorageKey } from "../storage/key.ts";
import type { NewTask } from "./new-task.ts";

/** `inputName`: the media's name without its ending. `inputFormat`: the ending. */
export const OUTPUT_DIR_VARIABLES = ["inputName", "inputFormat"] as const;
type Variable = (typeof OUTPUT_DIR_VARIABLES)[number];

const NAMED = /\{(?<name>\w*)\}/gu;

/** What can be known of it without the media. */
export function checkOutputDir(outputDir: string | undefined): Result<void, Failure> {
  const filled = outputDir?.replace(NAMED, (said, name: string) => (isVariable(name) ? "x" : said));
  return filled === undefined || (isStorageKey(filled) && !/[{}]/u.test(filled))
    ? ok(undefined)
    : fail({ code: "INVALID_PARAMETER", detail: `outputDir: ${outputDir}` });
}

/** The media is looked up only where its name is asked for. */
export async function withOutputDir<Task extends Pick<NewTask, "applicationId" | "mediaId" | "outputDir">>(
  tx: Tx,
  task: Task,
): Promise<Task> {
  const { applicationId, mediaId, outputDir } = task;
  if (outputDir === undefined || !outputDir.includes("{")) return task;
  const media = await tx.media.findFirst({ where: { id: mediaId, applicationId }, select: { name: true } });
  return { ...task, outputDir: fill(outputDir, media?.name ?? mediaId) };
}

function fill(outputDir: string, mediaName: string): string {
  const at = mediaName.lastIndexOf(".");
  const values: Record<Variable, string> = {
    inputName: segmentOf(at > 0 ? mediaName.slice(0, at) : mediaName),
    inputFormat: segmentOf(at > 0 ? mediaName.slice(at + 1).toLowerCase() : "none"),
  };
  return outputDir.replace(NAMED, (said, name: string) => (isVariable(name) ? values[name] : said));
}

const SEGMENT_CHARACTERS_MAX = 60;

/** Names of media may hold what names of folders may not. */
function segmentOf(name: string): string {
  const clean = name.replace(/[^\p{L}\p{N}_-]+/gu, "-").replace(/^-+|-+$/gu, "");
  return [...clean].slice(0, SEGMENT_CHARACTERS_MAX).join("") || "media";
}

function isVariable(name: string): name is Variable {
  return OUTPUT_DIR_VARIABLES.some((variable) => variable === name);
}
