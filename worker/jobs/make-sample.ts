import { join } from "node:path";
import { sampleCommand } from "#server/media/make-sample.ts";
import { incomingKey } from "#server/storage/layout.ts";
import type { WorkerContext } from "../context.ts";
import { runCommand } from "../run/ffmpeg.ts";
import type { Workspace } from "../run/workspace.ts";
import { examine, inWorkspace, type UploadJob } from "./ingest-upload.ts";

/** Makes the file of an upload that has none, and lets it go the way of every other. */
export async function makeSample(worker: WorkerContext, job: UploadJob): Promise<void> {
  const { db, store, stopping } = worker;
  await inWorkspace(worker, job, async (workspace) => {
    const upload = await db.upload.findUnique({ where: { id: job.uploadId } });
    if (upload?.state !== "checking") return;
    await store.putFile(await encode(workspace, stopping), incomingKey(upload));
    await examine(worker, workspace, job.uploadId);
  });
}

async function encode(workspace: Workspace, signal: AbortSignal): Promise<string> {
  const path = join(workspace.path, "sample.mp4");
  const withClock = await runCommand(sampleCommand(path, "clock"), { signal });
  if (withClock.ok) return path;
  const plain = await runCommand(sampleCommand(path, "plain"), { signal });
  if (!plain.ok) throw new Error(plain.failure.detail);
  return path;
}
