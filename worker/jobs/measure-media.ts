/** Looks at how much there is to encode in a media, so that what is made of it can be estimated. */
import { readFile } from "node:fs/promises";
import { complexityCommand, readComplexity } from "#domain/estimate/complexity.ts";
import { newId } from "#domain/id.ts";
import { mediaInfo } from "#domain/media.ts";
import { FileMissing } from "#server/storage/store.ts";
import type { WorkerContext } from "../context.ts";
import { COMMAND_LIMITS, type CommandLimits, runCommand } from "../run/ffmpeg.ts";

/** A few seconds of film. One that takes longer is estimated by its own rate instead. */
const LIMITS: CommandLimits = { ...COMMAND_LIMITS, wallSeconds: 180, processorSeconds: 240 };

export async function measureMedia({ db, store, scratch, stopping: signal, log }: WorkerContext, mediaId: string) {
  const media = await db.media.findUnique({ where: { id: mediaId, deletedAt: null } });
  const info = mediaInfo.safeParse(media?.info);
  if (media === null || !info.success) return;
  const workspace = await scratch.openWorkspace(`measure-${mediaId}-${newId()}`);
  try {
    const path = await store.materialise(media.storageKey, await workspace.folder("source"));
    const folder = await workspace.folder("looks");
    const command = complexityCommand(info.data, path, folder);
    if (command === null) return;
    const looked = await runCommand(command, { signal, limits: LIMITS });
    if (!looked.ok) {
      log.info({ mediaId, code: looked.failure.code }, "Could not look at how much there is to encode");
      return;
    }
    const complexity = await readComplexity(info.data, folder, (list) => readFile(list, "utf8"));
    if (complexity !== null)
      await db.media.updateMany({ where: { id: mediaId }, data: { complexity: { ...complexity } } });
  } catch (error) {
    // Deleted meanwhile.
    if (!(error instanceof FileMissing)) throw error;
  } finally {
    await workspace.remove();
  }
}
