import type { NotifyMode, StartedBy } from "../domain/task.ts";
import type { Work } from "./draft-subtasks.ts";

export type NewTask = Work & {
  applicationId: number;
  mediaId: string;
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
};

export interface CreatedTask {
  taskId: string;
}
