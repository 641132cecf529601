import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import type { Failure } from "#domain/error.ts";
import { newId } from "#domain/id.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import { mediaPrefix } from "../storage/layout.ts";
import type { Store } from "../storage/store.ts";
import { mediaIdFrom } from "./media-id.ts";

const COVER_FORMATS: readonly string[] = ["png", "jpeg", "gif", "webp", "tiff"];
const COVER_PIXELS_MAX = 8192 * 8192;
/** As large as a screen shows it. */
const COVER_SIDE_MAX = 3840;

/** Decoded and written anew, as nothing that came from outside is handed on as it came. Answers its key, new each time. */
export async function storeCover(
  store: Store,
  place: { applicationId: number; mediaId: string },
  bytes: Buffer,
): Promise<Result<string, Failure>> {
  const drawn = await drawCover(bytes);
  if (!drawn.ok) return drawn;
  const key = `${mediaPrefix(place)}/cover-${newId()}.jpg`;
  const folder = await mkdtemp(join(tmpdir(), "reelflow-cover-"));
  try {
    const path = join(folder, "cover.jpg");
    await writeFile(path, drawn.value);
    await store.putFile(path, key);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return ok(key);
}

/** The same of a picture that comes with an upload's file, where it is one failure among many. */
export async function storeCoverOf(
  store: Store,
  { id, applicationId }: { id: string; applicationId: number },
  bytes: Buffer,
): Promise<Result<string, Failure>> {
  const stored = await storeCover(store, { applicationId, mediaId: mediaIdFrom(id) }, bytes);
  return stored.ok ? stored : fail({ code: "COVER_UNREADABLE", detail: stored.failure.detail });
}

async function drawCover(bytes: Buffer): Promise<Result<Buffer, Failure>> {
  try {
    const image = sharp(bytes, { limitInputPixels: COVER_PIXELS_MAX });
    const { format } = await image.metadata();
    if (!COVER_FORMATS.includes(format)) return fail({ code: "NOT_MEDIA", detail: format });
    const fitted = image.rotate().resize(COVER_SIDE_MAX, COVER_SIDE_MAX, { fit: "inside", withoutEnlargement: true });
    return ok(await fitted.flatten({ background: "#ffffff" }).jpeg({ quality: 88 }).toBuffer());
  } catch (error) {
    return fail({ code: "NOT_MEDIA", detail: error instanceof Error ? error.message : String(error) });
  }
}
