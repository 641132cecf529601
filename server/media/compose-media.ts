/** A new media out of tracks: clips, sounds, and stickers on them. */
import type { Failure } from "#domain/error.ts";
import { missingReference } from "#domain/references.ts";
import { fail, type Result } from "#domain/result.ts";
import type { Db } from "../db/client.ts";
import { planBeforehand, readPlanSource } from "../plans/plan-context.ts";
import type { CreatedTask, TaskTerms } from "../tasks/new-task.ts";
import type { ComposeInput } from "./compose-input.ts";
import { createMaking, findMedia, nameOf, readOperation } from "./media-making.ts";

/** It is planned before there is a task, so that what cannot be is said at once and by its field. */
export async function composeMedia(
  db: Db,
  terms: TaskTerms,
  { videoTracks, audioTracks, stickerTracks, result, ...params }: ComposeInput,
): Promise<Result<CreatedTask, Failure>> {
  const items = [...videoTracks.flatMap(({ clips }) => clips), ...audioTracks.flatMap(({ sounds }) => sounds)];
  const laidOn = stickerTracks.flatMap(({ stickers }) => stickers);
  const media = await findMedia(
    db,
    terms.applicationId,
    [...items, ...laidOn].flatMap(({ mediaId }) => mediaId ?? []),
  );
  if (!media.ok) return media;
  const [first] = media.value;
  if (first === undefined) return fail({ code: "INVALID_PARAMETER", detail: "videoTracks: clipOrSoundNeeded" });
  // The media of the task is named by nothing.
  const named = <T extends { mediaId: string | null }>(item: T): T =>
    item.mediaId === first.id ? { ...item, mediaId: null } : item;
  const composition = readOperation({
    kind: "compose",
    params: {
      ...params,
      videoTracks: videoTracks.map(({ clips }) => ({ clips: clips.map(named) })),
      audioTracks: audioTracks.map(({ sounds }) => ({ sounds: sounds.map(named) })),
      stickerTracks,
      result: { ...result, name: result.name || nameOf(first.name, "compose", params.container) },
    },
  });
  if (!composition.ok) return composition;
  const source = await readPlanSource(db, terms.applicationId, first.id, [composition.value]);
  if (!source.ok) return source;
  const missing = missingReference(composition.value, source.value.files);
  if (missing !== undefined)
    return fail({ code: missing.of === "asset" ? "ASSET_NOT_FOUND" : "MEDIA_NOT_FOUND", detail: missing.id });
  const planned = planBeforehand(composition.value, source.value, 1);
  return planned.ok ? createMaking(db, terms, first.id, [composition.value]) : planned;
}
