import { newId } from "#domain/id.ts";
import { refuseUpload } from "#server/media/finish-upload.ts";
import { type Examiner, ingestUpload } from "#server/media/ingest-upload.ts";
import type { WorkerContext } from "../context.ts";
import { probeWhole } from "../run/probe.ts";
import { makeThumbnail } from "../run/thumbnail.ts";
import type { Workspace } from "../run/workspace.ts";

/** What went wrong so many times will not go right, and the user shall hear of it. */
const TRIES_MAX = 5;

export interface UploadJob {
  uploadId: string;
  /** 1 for the first. */
  attempt: number;
}

export async function ingest(worker: WorkerContext, job: UploadJob): Promise<void> {
  await inWorkspace(worker, job, (workspace) => examine(worker, workspace, job.uploadId));
}

/** Looks into a file that has arrived, and makes a media of it or refuses it. */
export async function examine(
  { db, store, stopping: signal, log }: WorkerContext,
  workspace: Workspace,
  uploadId: string,
): Promise<void> {
  const examiner: Examiner = {
    folder: await workspace.folder("source"),
    probe: (path) => probeWhole(path, { signal }),
    makeThumbnail: (path, info) => makeThumbnail(path, info, workspace, { signal }),
  };
  const ingested = await ingestUpload({ db, store, examiner }, uploadId);
  log.info({ uploadId, ingested }, "Examined an upload");
}

/** Work on one upload, with room for files. When it breaks it is tried again some times, and then the upload is refused. */
export async function inWorkspace(
  { db, scratch, stopping, log }: WorkerContext,
  { uploadId, attempt }: UploadJob,
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  // The job may be there twice, and both may be here.
  const workspace = await scratch.openWorkspace(`upload-${uploadId}-${newId()}`);
  try {
    await work(workspace);
  } catch (error) {
    if (attempt < TRIES_MAX || stopping.aborted) throw error;
    log.error({ err: error, uploadId }, "Gave an upload up");
    await refuseUpload(db, uploadId, { code: "INTERNAL", detail: `Broke ${attempt} times.` });
  } finally {
    await workspace.remove();
  }
}
