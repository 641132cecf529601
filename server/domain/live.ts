import type { TaskState } from "./task.ts";

/** The PostgreSQL notification channels. Payloads are JSON, small, and carry ids to look up rather than rows. */
export const CHANNELS = { live: "reelflow_live", cancel: "reelflow_cancel" } as const;

/**
 * What the console hears of while it happens. A lost message costs freshness only: the database stays the truth.
 * Every message names its application; a browser gets only its own.
 */
export type LiveMessage = { applicationId: number } & (
  | { type: "task"; taskId: string; mediaId: string; state: TaskState }
  | {
      type: "progress";
      taskId: string;
      runId: string;
      subtasks: { id: string; percent: number }[];
      speed: number | null;
      remainingSeconds: number | null;
    }
  | { type: "log"; runId: string; number: number }
  | { type: "media"; mediaId: string }
  | { type: "upload"; uploadId: string }
  | { type: "trial"; trialId: string }
  /** A notification has gone another step towards a receiver; `pulled` is news for whoever waits at the pull queue. */
  | { type: "delivery"; deliveryIds: string[]; taskId: string | null; pulled: boolean }
  | { type: "endpoint"; endpointId: string }
);
