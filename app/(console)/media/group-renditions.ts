import type { OutputRow, Rendition } from "#server/api/rows.ts";

/** What one subtask made, and the task it belongs to. */
export interface SubtaskOutputs {
  subtaskId: string;
  kind: Rendition["kind"];
  templateName: string | null;
  outputs: OutputRow[];
}

export interface TaskOutputs {
  taskId: string;
  subtasks: SubtaskOutputs[];
}

/** Outputs as they were asked for: by task, then by subtask, in the order they came in. */
export function groupRenditions(renditions: readonly Rendition[]): TaskOutputs[] {
  const tasks = new Map<string, Map<string, SubtaskOutputs>>();
  for (const { taskId, subtaskId, kind, templateName, output } of renditions) {
    const subtasks = tasks.get(taskId) ?? new Map<string, SubtaskOutputs>();
    const group = subtasks.get(subtaskId) ?? { subtaskId, kind, templateName, outputs: [] };
    group.outputs.push(output);
    tasks.set(taskId, subtasks.set(subtaskId, group));
  }
  return [...tasks].map(([taskId, subtasks]) => ({ taskId, subtasks: [...subtasks.values()] }));
}
