/** Deletes of a media what tasks made of it, or the file it came as, and keeps the rest. */
import type { Failure } from "#domain/error.ts";
import type { OperationKind } from "#domain/operations/operation.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Db, Tx } from "../db/client.ts";
import { inTransaction } from "../db/transaction.ts";
import { notifyLive } from "../events/live.ts";
import { recordEvent } from "../events/record-event.ts";
import { enqueueAll } from "../jobs/enqueue.ts";
import { folderOf } from "../storage/key.ts";
import { mediaPrefix } from "../storage/layout.ts";
import { deleteLocked, type LockedMedia, lockIdleMedia } from "./delete-media.ts";

export type MediaPart =
  | { part: "source" }
  /** `definition`: of one template; null: of all. */
  | { part: "results"; kinds: readonly OperationKind[]; definition: number | null };

/** `told`: how whoever asked calls the parts, for those who hear of it. */
export function deleteParts(
  db: Db,
  { applicationId, mediaId }: { applicationId: number; mediaId: string },
  parts: readonly MediaPart[],
  told: readonly { type: string; definition: number }[],
): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const media = await lockIdleMedia(tx, applicationId, mediaId);
    if (!media.ok) return media;
    for (const part of parts) {
      if (part.part === "source") await deleteSource(tx, media.value);
      else await deleteResults(tx, media.value, part);
    }
    await recordEvent(tx, { applicationId, type: "media.deleted", mediaId, data: { parts: [...told] } });
    await notifyLive(tx, { applicationId, type: "media", mediaId });
    return ok(undefined);
  });
}

/** The media, and everything that tasks made of it. */
export function deleteWithResults(db: Db, applicationId: number, mediaId: string): Promise<Result<void, Failure>> {
  return inTransaction(db, async (tx) => {
    const media = await lockIdleMedia(tx, applicationId, mediaId);
    if (!media.ok) return media;
    const coverKey = await deleteResults(tx, media.value, { kinds: null, definition: null });
    return ok(await deleteLocked(tx, { ...media.value, coverKey }));
  });
}

/** What is known of the file stays; tasks on it fail from now on, and say why. */
async function deleteSource(tx: Tx, { applicationId, mediaId, storageKey, coverKey }: LockedMedia): Promise<void> {
  const { errorCode } = await tx.media.findUniqueOrThrow({ where: { id: mediaId }, select: { errorCode: true } });
  const cameWithIt = coverKey?.startsWith(`${mediaPrefix({ applicationId, mediaId })}/`) ? coverKey : null;
  await tx.media.update({
    where: { id: mediaId },
    data: {
      ...(errorCode === null ? { errorCode: "SOURCE_GONE" satisfies Failure["code"], errorDetail: mediaId } : {}),
      ...(cameWithIt === null ? {} : { coverKey: null }),
    },
  });
  await removeFiles(tx, [storageKey, ...(cameWithIt === null ? [] : [cameWithIt])]);
}

/** Answers the key of the cover that is left. */
async function deleteResults(
  tx: Tx,
  { mediaId, coverKey }: LockedMedia,
  { kinds, definition }: { kinds: readonly OperationKind[] | null; definition: number | null },
): Promise<string | null> {
  const outputs = await tx.output.findMany({
    where: {
      subtask: {
        task: { mediaId },
        ...(kinds === null ? {} : { kind: { in: [...kinds] } }),
        ...(definition === null ? {} : { templateDefinition: definition }),
      },
    },
    select: { id: true, storageKey: true },
  });
  await tx.output.deleteMany({ where: { id: { in: outputs.map(({ id }) => id) } } });
  const folders = new Set(outputs.map(({ storageKey }) => folderOf(storageKey)));
  await removeFiles(tx, [...folders]);
  if (coverKey === null || !folders.has(folderOf(coverKey))) return coverKey;
  await tx.media.update({ where: { id: mediaId }, data: { coverKey: null } });
  return null;
}

async function removeFiles(tx: Tx, prefixes: readonly string[]): Promise<void> {
  await enqueueAll(
    tx,
    "removeFiles",
    prefixes.map((prefix) => ({ payload: { prefix } })),
  );
}
