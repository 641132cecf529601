/** Turns the one file that a plan left into the stored file of a media, with a picture to know it by. */
import { join } from "node:path";
import type { Failure } from "#domain/error.ts";
import type { DeclaredOutput, MediaWish } from "#domain/plan.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { sourceExtensionOf } from "#server/media/source-extension.ts";
import { sourceKey, thumbnailKey } from "#server/storage/layout.ts";
import type { Store } from "#server/storage/store.ts";
import type { MadeMedia } from "#server/tasks/record-made.ts";
import { probe } from "./probe.ts";
import { makeThumbnail } from "./thumbnail.ts";
import type { Workspace } from "./workspace.ts";

interface MediaPublication {
  /** Of which the first is the media. */
  outputs: readonly DeclaredOutput[];
  outputDir: string;
  place: { applicationId: number; mediaId: string };
  wish: MediaWish;
}

export async function publishMedia(
  store: Store,
  { outputs: [output], outputDir, place, wish }: MediaPublication,
  { workspace, signal }: { workspace: Workspace; signal: AbortSignal },
): Promise<Result<MadeMedia, Failure>> {
  if (output === undefined) throw new Error("A plan that makes a media declares it");
  const path = join(outputDir, output.name);
  const probed = await probe(path, { signal });
  if (!probed.ok) return fail({ code: "ENCODER_FAILED", detail: `${output.name}: ${probed.failure.detail}` });
  const info = probed.value;
  const thumbnail = await makeThumbnail(path, info, workspace, { signal });
  const coverKey = thumbnail === null ? null : thumbnailKey(place);
  const storageKey = sourceKey(place, sourceExtensionOf(info));
  signal.throwIfAborted();
  try {
    if (thumbnail !== null && coverKey !== null) await store.putFile(thumbnail, coverKey);
    await store.putFile(path, storageKey);
  } catch (error) {
    return fail({ code: "STORAGE_FAILED", detail: error instanceof Error ? error.message : String(error) });
  }
  return ok({ ...wish, mediaId: place.mediaId, info, storageKey, coverKey });
}
