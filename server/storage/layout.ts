/** Which key what is stored under. Every application has a folder of its own. */

interface MediaPlace {
  applicationId: number;
  mediaId: string;
}

export interface RunPlace {
  applicationId: number;
  taskId: string;
  runId: string;
  /** The folder the user asked for; null for the usual place. */
  outputDir: string | null;
}

/** An uploaded file that nobody has looked into yet. */
export function incomingKey({ applicationId, id }: { applicationId: number; id: string }): string {
  return `a${applicationId}/incoming/${id}`;
}

/** Everything that belongs to the media itself; outputs of its tasks lie elsewhere. */
export function mediaPrefix({ applicationId, mediaId }: MediaPlace): string {
  return `a${applicationId}/media/${mediaId}`;
}

/** `extension` without its dot. */
export function sourceKey(place: MediaPlace, extension: string): string {
  return `${mediaPrefix(place)}/source.${extension}`;
}

export function thumbnailKey(place: MediaPlace): string {
  return `${mediaPrefix(place)}/thumb.jpg`;
}

/** `extension` without its dot. */
export function assetKey({ applicationId, id }: { applicationId: number; id: string }, extension: string): string {
  return `a${applicationId}/assets/${id}.${extension}`;
}

/** What a trial made, for as long as it is kept. */
export function trialPrefix({ applicationId, id }: { applicationId: number; id: string }): string {
  return `a${applicationId}/trials/${id}`;
}

/** Everything one attempt publishes. Attempts never share a folder, so a late one overwrites nothing. */
export function runPrefix({ applicationId, taskId, runId, outputDir }: RunPlace): string {
  const folder = outputDir === null ? "tasks" : `files/${outputDir}`;
  return `a${applicationId}/${folder}/${taskId}/${runId}`;
}

export function outputPrefix(place: RunPlace, subtaskNumber: number): string {
  return `${runPrefix(place)}/${subtaskNumber}`;
}
