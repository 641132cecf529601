/** Brings a file from an address: fetched into the folder of uploads, and from there the way of every other file. */
import { readFile } from "node:fs/promises";
import { ASSET_BYTES_MAX } from "#domain/asset.ts";
import { ERRORS, type Failure } from "#domain/error.ts";
import { ok, type Result } from "#domain/result.ts";
import { storableFailure } from "#server/db/rows.ts";
import { inTransaction } from "#server/db/transaction.ts";
import { notifyLive } from "#server/events/live.ts";
import { isPlaylist } from "#server/hls/playlist.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { completeUpload } from "#server/media/complete-upload.ts";
import { refuseUpload } from "#server/media/finish-upload.ts";
import { openAddresses, type PullAddresses } from "#server/media/pull-addresses.ts";
import { pullJobKey } from "#server/media/pull-media.ts";
import { storeCoverOf } from "#server/media/store-cover.ts";
import { followOutbound } from "#server/outbound/follow-outbound.ts";
import { readOutbound } from "#server/outbound/outbound-request.ts";
import type { Upload } from "../../prisma/generated/client.ts";
import type { WorkerContext } from "../context.ts";
import { reasonOf } from "../log.ts";
import { type Downloaded, download, refuseStatus } from "../pull/download.ts";
import { downloadHls, PLAYLIST_BYTES_MAX } from "../pull/download-hls.ts";

/** After each failure in a row that brought nothing; then the pull is given up. */
const PAUSES_MS = [1_000, 5_000, 15_000];
const PROGRESS_MS = 1_000;

type Pulling = Pick<WorkerContext, "db" | "store" | "secretKey" | "pulling" | "stopping" | "log">;

export async function pullMedia(worker: Pulling, uploadId: string): Promise<void> {
  const { db, secretKey, pulling, stopping, log } = worker;
  const upload = await db.upload.findUnique({ where: { id: uploadId } });
  if (upload?.state !== "receiving" || upload.sealedUrl === null) return;
  const addresses = openAddresses(secretKey, uploadId, upload.sealedUrl);
  if (addresses === null) {
    await refuseUpload(db, uploadId, { code: "INTERNAL", detail: "Sealed under another SECRET_KEY." });
    return;
  }
  await pulling.files.prepare();
  const progress = new Progress(worker, upload);
  let pulled: Result<void, Failure>;
  try {
    pulled = await pull(worker, upload, addresses, progress);
  } catch (error) {
    if (progress.removed.aborted) return pulling.files.remove(uploadId);
    // Another worker goes on, at once.
    if (stopping.aborted) return tryAgain(worker, upload, 0);
    throw error;
  } finally {
    await progress.close();
  }
  if (pulled.ok) {
    log.info({ uploadId }, "Pulled a file");
    return;
  }
  await fallBack(worker, upload, pulled.failure, progress.received);
}

async function pull(
  worker: Pulling,
  upload: Upload,
  addresses: PullAddresses,
  progress: Progress,
): Promise<Result<void, Failure>> {
  const { db, store, pulling, stopping } = worker;
  const { id } = upload;
  const signal = AbortSignal.any([stopping, progress.removed]);
  if (addresses.coverUrl !== undefined && upload.coverKey === null) {
    const cover = await pullCover(worker, upload, addresses.coverUrl, signal);
    if (!cover.ok) return cover;
    await db.upload.updateMany({ where: { id }, data: { coverKey: cover.value } });
  }
  const path = pulling.files.pathOf(id);
  const limits = { allow: pulling.allow, bytesMax: pulling.bytesMax, signal };
  const file = await download(addresses.url, path, limits, {
    validator: upload.validator,
    onBegin: async ({ validator, totalBytes }) => {
      await db.upload.updateMany({ where: { id }, data: { validator, sizeBytes: totalBytes ?? 0 } });
    },
    onBytes: (received) => progress.tell(received),
  });
  if (!file.ok) return file;
  const playlist = await readAsPlaylist(path, file.value);
  // From here on it is not the playlist that lies there, so another try begins with that again.
  if (playlist !== null) await db.upload.updateMany({ where: { id }, data: { validator: null, sizeBytes: 0 } });
  const whole =
    playlist === null
      ? file
      : await downloadHls({ text: playlist, url: file.value.url }, path, limits, (received) => progress.tell(received));
  if (!whole.ok) return whole;
  await progress.close();
  const { sizeBytes } = whole.value;
  await db.upload.updateMany({ where: { id, state: "receiving" }, data: { sizeBytes, receivedBytes: sizeBytes } });
  const completed = await completeUpload(db, { store, files: pulling.files }, id);
  // Removed by its user in this very moment.
  return completed.ok || completed.failure.code === "UPLOAD_NOT_FOUND" ? ok(undefined) : completed;
}

/** The text of a playlist; null for every other file. */
async function readAsPlaylist(path: string, { sizeBytes }: Downloaded): Promise<string | null> {
  if (sizeBytes > PLAYLIST_BYTES_MAX) return null;
  const text = await readFile(path, "utf8");
  return isPlaylist(text) ? text : null;
}

async function pullCover(
  { store, pulling: { allow } }: Pulling,
  upload: Upload,
  url: string,
  signal: AbortSignal,
): Promise<Result<string, Failure>> {
  const answered = await followOutbound(url, { allow, signal, bytesMax: ASSET_BYTES_MAX });
  if (!answered.ok) return answered;
  const { status, body } = answered.value;
  if (status !== 200) {
    body.destroy();
    return refuseStatus(status);
  }
  const picture = await readOutbound(body);
  return picture.ok ? storeCoverOf(store, upload, picture.value) : picture;
}

/** Later once more, or the end of it. Whatever has arrived by then stays for the next try. */
async function fallBack(worker: Pulling, upload: Upload, failure: Failure, received: number): Promise<void> {
  const { db, pulling, log } = worker;
  const { id: uploadId } = upload;
  const stored = storableFailure(failure);
  // One that gets on is not failing, however often it is broken off.
  const failedTries = received > Number(upload.receivedBytes) ? 1 : upload.failedTries + 1;
  const pauseMs = PAUSES_MS[failedTries - 1];
  log.info({ uploadId, failure: failure.code, failedTries }, "A pull was broken off");
  if (ERRORS[failure.code].retry && pauseMs !== undefined) {
    const data = { failedTries, receivedBytes: received, errorCode: stored.code, errorDetail: stored.detail };
    await db.upload.updateMany({ where: { id: uploadId, state: "receiving" }, data });
    await tryAgain(worker, upload, pauseMs);
    return;
  }
  await refuseUpload(db, uploadId, failure);
  await pulling.files.remove(uploadId);
}

async function tryAgain({ db }: Pulling, { id: uploadId, applicationId }: Upload, pauseMs: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const runAt = new Date(Date.now() + pauseMs);
    await enqueue(tx, "pullMedia", { uploadId }, { jobKey: pullJobKey(uploadId), runAt });
    await notifyLive(tx, { applicationId, type: "upload", uploadId });
  });
}

/** Tells how far a pull is, once a second, and hears in this way that it was taken off the list. */
class Progress {
  readonly #worker: Pulling;
  readonly #upload: Upload;
  readonly #removed = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #told = -1;
  #telling: Promise<void> = Promise.resolve();
  received: number;

  constructor(worker: Pulling, upload: Upload) {
    this.#worker = worker;
    this.#upload = upload;
    this.received = Number(upload.receivedBytes);
    this.#timer = setInterval(() => {
      this.#telling = this.#telling.then(() => this.#write());
    }, PROGRESS_MS);
  }

  get removed(): AbortSignal {
    return this.#removed.signal;
  }

  tell(received: number): void {
    this.received = received;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
  }

  async #write(): Promise<void> {
    const { db, log } = this.#worker;
    const { id, applicationId } = this.#upload;
    const { received } = this;
    try {
      const { count } = await db.upload.updateMany({
        where: { id, state: "receiving" },
        data: { receivedBytes: received },
      });
      if (count === 0) this.#removed.abort(new Error("The pull was removed"));
      else if (received !== this.#told) await notifyLive(db, { applicationId, type: "upload", uploadId: id });
      this.#told = received;
    } catch (error) {
      log.warn({ reason: reasonOf(error), uploadId: id }, "Could not tell how far a pull is");
    }
  }
}
