import type { Db } from "../db/client.ts";
import type { Store } from "../storage/store.ts";
import { completeUpload } from "./complete-upload.ts";
import type { UploadFiles } from "./upload-files.ts";

/** A browser may come back to an upload for this long after its last byte. */
const ABANDONED_MS = 48 * 3_600_000;

/** Completes what arrived whole just before a crash, and forgets what nobody came back for. */
export async function sweepUploads(
  db: Db,
  { store, files }: { store: Store; files: UploadFiles },
  now: Date = new Date(),
): Promise<void> {
  await files.prepare();
  const receiving = await db.upload.findMany({
    where: { state: "receiving", origin: "browser" },
    select: { id: true, createdAt: true },
  });
  for (const { id, createdAt } of receiving) {
    const completed = await completeUpload(db, { store, files }, id);
    if (!completed.ok || completed.value.state !== "receiving") continue;
    const lastAt = (await files.received(id))?.lastAt ?? createdAt;
    if (now.getTime() - lastAt.getTime() < ABANDONED_MS) continue;
    await db.upload.deleteMany({ where: { id, state: "receiving" } });
    await files.remove(id);
  }
  await removeOrphans(db, files, now);
}

/** Files that no upload is received into: the process ended between its row, or a copy into the store, and the file. */
async function removeOrphans(db: Db, files: UploadFiles, now: Date): Promise<void> {
  const ids = await files.ids();
  const receiving = await db.upload.findMany({ where: { id: { in: ids }, state: "receiving" }, select: { id: true } });
  const known = new Set(receiving.map((one) => one.id));
  for (const id of ids.filter((one) => !known.has(one))) {
    const received = await files.received(id);
    if (received !== null && now.getTime() - received.lastAt.getTime() >= ABANDONED_MS) await files.remove(id);
  }
}
