import type { NotifyMode, StartedBy } from "../domain/task.ts";
import type { Work } from "./draft-subtasks.ts";

/** How a task is carried out and told of, whatever it does. */
export interface TaskTerms {
  applicationId: number;
  startedBy: StartedBy;
  /** Higher first. */
  priority?: number;
  /** The application's default unless given. */
  pipelineId?: number;
  notifyMode?: NotifyMode;
  /** A second task of one session id is refused for some days, so that a client may ask again without harm. */
  sessionId?: string;
  sessionContext?: string;
  /** Folder for the outputs, below the application's root. */
  outputDir?: string;
  createdById?: string;
}

/** Everything about a task but the media it works on. */
export type TaskRequest = Work & TaskTerms;

export type NewTask = TaskRequest & {
  mediaId: string;
  /** Told before the media was there. */
  taskId?: string;
};

export interface CreatedTask {
  taskId: string;
}
