import { makesMedia } from "../domain/operations/operation.ts";
import { mediaIdFrom } from "../media/media-id.ts";
import { mediaPrefix, type RunPlace, runPrefix } from "../storage/layout.ts";

/** The media that a subtask makes in a run: another one in every attempt and after every restart. */
export function madeMediaIdOf({ runId }: { runId: string }, { number }: { number: number }): string {
  return mediaIdFrom(`${runId} ${number}`);
}

/** The ids of all media that a run makes. */
export function madeMediaIdsOf(run: { runId: string }, subtasks: readonly MadeBy[]): string[] {
  return subtasks.filter(({ kind }) => makesMedia(kind)).map((subtask) => madeMediaIdOf(run, subtask));
}

interface MadeBy {
  number: number;
  kind: string;
}

/** Everything that a run publishes. While its outcome is not written nothing refers to it, and it may go. */
export function prefixesOf(run: RunPlace, subtasks: readonly MadeBy[]): string[] {
  const { applicationId } = run;
  const media = madeMediaIdsOf(run, subtasks).map((mediaId) => mediaPrefix({ applicationId, mediaId }));
  return [runPrefix(run), ...media];
}
