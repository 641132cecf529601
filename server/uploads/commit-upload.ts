import { readFile } from "node:fs/promises";
import type { Failure } from "#domain/error.ts";
import { fail, ok, type Result } from "#domain/result.ts";
import type { Media, Upload } from "../../prisma/generated/client.ts";
import type { Db } from "../db/client.ts";
import { failureOf } from "../db/rows.ts";
import type { LiveFeed } from "../events/live.ts";
import { completeUpload } from "../media/complete-upload.ts";
import { mediaIdFrom } from "../media/media-id.ts";
import { storeCoverOf } from "../media/store-cover.ts";
import type { UploadFiles } from "../media/upload-files.ts";
import type { Store } from "../storage/store.ts";
import type { ObjectFiles } from "./object-files.ts";
import type { UploadCredentials } from "./upload-credentials.ts";

/** Long enough for nearly every file, and shorter than clients wait for an answer. */
const CHECK_MS_MAX = 20_000;

export interface CommitServices {
  db: Db;
  store: Store;
  live: LiveFeed;
  files: UploadFiles;
  objects: ObjectFiles;
  credentials: UploadCredentials;
}

export interface CommittedUpload {
  upload: Upload;
  fileId: string;
  /** Null while the file is still being looked into: its id is good already. */
  media: Media | null;
}

/**
 * Takes over what was sent, and waits for its check to end, so that whoever goes on with the media finds it. May be called
 * again after it was cut off, or had already ended.
 */
export async function commitUpload(
  services: CommitServices,
  { applicationId, sessionKey }: { applicationId: number; sessionKey: string },
  signal: AbortSignal,
): Promise<Result<CommittedUpload, Failure>> {
  const { db, objects, credentials } = services;
  const id = credentials.openSession(sessionKey);
  const upload = id === null ? null : await db.upload.findFirst({ where: { id, applicationId } });
  if (upload === null) return fail({ code: "UPLOAD_NOT_FOUND", detail: sessionKey.split(".")[0] ?? "" });
  if (upload.state === "receiving") {
    const taken = await takeOver(services, upload);
    if (!taken.ok) return taken;
  }
  const checked = await untilChecked(services, upload, signal);
  await objects.remove(upload.id);
  if (checked.state === "refused") return fail(failureOf(checked) ?? { code: "INTERNAL", detail: upload.id });
  const fileId = upload.fileId ?? mediaIdFrom(upload.id);
  const media = checked.mediaId === null ? null : await db.media.findUnique({ where: { id: checked.mediaId } });
  return ok({ upload: checked, fileId, media });
}

async function takeOver(services: CommitServices, upload: Upload): Promise<Result<void, Failure>> {
  const { db, files, objects } = services;
  const { id } = upload;
  const picture = await objects.find(id, "cover");
  const cover = picture === null ? ok(null) : await storeCoverOf(services.store, upload, await readFile(picture.path));
  if (!cover.ok) return cover;
  await files.prepare();
  await objects.take(id, "media", files.pathOf(id));
  const received = await files.received(id);
  // Null also when another call of this has handed it on to the store already; that goes on there.
  if (received !== null) {
    await db.upload.updateMany({
      where: { id, state: "receiving" },
      data: { sizeBytes: received.sizeBytes, ...(cover.value === null ? {} : { coverKey: cover.value }) },
    });
  }
  const completed = await completeUpload(db, services, id);
  if (!completed.ok) return completed;
  return completed.value.state === "receiving" ? fail({ code: "UPLOAD_EMPTY", detail: id }) : ok(undefined);
}

/** Heard as soon as it is known; after a while, whatever the state is then. */
async function untilChecked({ db, live }: CommitServices, upload: Upload, signal: AbortSignal): Promise<Upload> {
  const waiting = new AbortController();
  const ended = AbortSignal.any([signal, waiting.signal, AbortSignal.timeout(CHECK_MS_MAX)]);
  const read = () => db.upload.findUniqueOrThrow({ where: { id: upload.id } });
  // Subscribed before the first look, so nothing happens unheard between the two.
  const changes = live.subscribe(upload.applicationId, ended);
  try {
    let now = await read();
    if (now.state !== "checking") return now;
    for await (const change of changes) {
      if (change.type !== "reconnected" && (change.type !== "upload" || change.uploadId !== upload.id)) continue;
      now = await read();
      if (now.state !== "checking") return now;
    }
    return now;
  } finally {
    waiting.abort();
  }
}
