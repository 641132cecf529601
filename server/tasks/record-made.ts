import type { Tx } from "../db/client.ts";
import type { MediaInfo } from "../domain/media.ts";
import type { MediaWish } from "../domain/plan.ts";
import { recordMedia } from "../media/record-media.ts";
import { createTaskInTx } from "./create-task.ts";
import type { LockedTask } from "./lock-task.ts";

/** A media that a subtask made: its files lie in the store, and nobody knows of them yet. */
export interface MadeMedia extends MediaWish {
  mediaId: string;
  info: MediaInfo;
  storageKey: string;
  coverKey: string | null;
}

/**
 * What a subtask made becomes a media, and the work asked for begins on it. A subtask that was restarted makes another
 * media and points to that: the earlier one may be in use by now, and it is for its owner to delete it.
 */
export async function recordMade(tx: Tx, task: LockedTask, subtaskId: string, made: MadeMedia): Promise<void> {
  const { mediaId, procedureName, ...media } = made;
  const { applicationId, priority, pipelineId } = task;
  const { createdById, sessionContext } = await tx.task.findUniqueOrThrow({
    where: { id: task.id },
    select: { createdById: true, sessionContext: true },
  });
  await recordMedia(tx, {
    ...{ ...media, id: mediaId, applicationId, createdById },
    ...{ source: "edit", sourceContext: sessionContext },
  });
  const created =
    procedureName === null
      ? null
      : await createTaskInTx(tx, {
          ...{ applicationId, mediaId, procedureName, priority, pipelineId, sessionContext, startedBy: "edit" },
          ...(createdById === null ? {} : { createdById }),
        });
  // A procedure that was deleted meanwhile starts nothing, and takes nothing from the media.
  const madeTaskId = created?.ok ? created.value.taskId : null;
  await tx.subtask.update({ where: { id: subtaskId }, data: { madeMediaId: mediaId, madeTaskId } });
}
