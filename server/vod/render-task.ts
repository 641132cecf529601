/** A task as clients are shown it: when they ask, and in the events they receive. */
import type { Tx } from "../db/client.ts";
import { composeMediaTaskOf } from "./compose/compose-task.ts";
import type { Site } from "./site.ts";
import { editMediaTaskOf, splitMediaTaskOf } from "./tasks/edit-task.ts";
import { procedureTaskOf } from "./tasks/procedure-task.ts";
import { readTask, type TaskRecord } from "./tasks/read-task.ts";
import { type TaskType, taskTypeOf } from "./tasks/task-id.ts";

export interface RenderedTask {
  type: TaskType;
  /** `ProcedureTask`, `EditMediaTask`, …: the structure of its type. */
  structure: object;
}

/**
 * Null when the application has no such task. `asOf`: the number of an event of the task, to show it as it was when that
 * was written.
 */
export async function renderTask(
  tx: Tx,
  site: Site,
  of: { applicationId: number; taskId: string; asOf?: bigint },
): Promise<RenderedTask | null> {
  const task = await readTask(tx, of);
  return task === null ? null : renderedTask(task, site);
}

export function renderedTask(task: TaskRecord, site: Site): RenderedTask {
  const type = taskTypeOf(task.kinds);
  switch (type) {
    case "Procedure":
      return { type, structure: procedureTaskOf(task, site) };
    case "EditMedia":
      return { type, structure: editMediaTaskOf(task, site) };
    case "ComposeMedia":
      return { type, structure: composeMediaTaskOf(task, site) };
    case "SplitMedia":
      return { type, structure: splitMediaTaskOf(task, site) };
  }
}
