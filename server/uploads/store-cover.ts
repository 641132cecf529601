import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { examineAsset } from "../assets/examine-asset.ts";
import { mediaIdFrom } from "../media/media-id.ts";
import { coverKey } from "../storage/layout.ts";
import type { Store } from "../storage/store.ts";

/** A picture that comes with an upload's file, decoded and written anew. Answers where it lies. */
export async function storeCover(
  store: Store,
  upload: { id: string; applicationId: number },
  sent: Buffer,
): Promise<Result<string, Failure>> {
  const examined = await examineAsset("image", sent);
  if (!examined.ok) return fail({ code: "COVER_UNREADABLE", detail: examined.failure.detail });
  const { info, bytes } = examined.value;
  const key = coverKey({ applicationId: upload.applicationId, mediaId: mediaIdFrom(upload.id) }, info.format);
  const folder = await mkdtemp(join(tmpdir(), "reelflow-cover-"));
  try {
    const path = join(folder, "cover");
    await writeFile(path, bytes);
    await store.putFile(path, key);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return ok(key);
}
