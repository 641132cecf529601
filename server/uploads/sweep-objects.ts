import type { Db } from "../db/client.ts";
import type { ObjectFiles } from "./object-files.ts";

/** Whoever has sent everything in time may still commit for this long. */
const GRACE_MS = 24 * 3_600_000;
/** Files without an upload are left alone for a while: one may just be arriving. */
const ORPHANED_MS = 3_600_000;

/** Forgets what was applied for and never committed, and files that belong to nothing any more. */
export async function sweepObjects(db: Db, objects: ObjectFiles, now: Date = new Date()): Promise<void> {
  await db.upload.deleteMany({
    where: {
      ...{ state: "receiving", origin: { in: ["server", "client"] } },
      expiresAt: { lt: new Date(now.getTime() - GRACE_MS) },
    },
  });
  await db.usedSignature.deleteMany({ where: { expiresAt: { lt: now } } });
  const files = await objects.list();
  const receiving = await db.upload.findMany({
    where: { id: { in: files.map(({ uploadId }) => uploadId) }, state: "receiving" },
    select: { id: true },
  });
  const known = new Set(receiving.map(({ id }) => id));
  for (const { uploadId, lastAt } of files) {
    if (!known.has(uploadId) && now.getTime() - lastAt.getTime() > ORPHANED_MS) await objects.remove(uploadId);
  }
}
