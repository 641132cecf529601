import { z } from "zod";

interface JobSpec {
  payload: z.ZodObject;
  /** How often the queue tries a job that throws. */
  attemptsMax: number;
}

/** Every job there is. Payloads carry ids to look up, never what may have changed by the time the job runs. */
export const JOBS = {
  // The claim decides whether a run is carried out, and a run counts its own attempts; the queue only has to keep asking.
  run: { payload: z.strictObject({ runId: z.string() }), attemptsMax: 1000 },
  // Being cut off counts as well, so there are more than the job itself gives up after.
  ingestUpload: { payload: z.strictObject({ uploadId: z.string() }), attemptsMax: 10 },
  // Tries again by itself; what the queue repeats is what was cut off.
  pullMedia: { payload: z.strictObject({ uploadId: z.string() }), attemptsMax: 1000 },
  makeSample: { payload: z.strictObject({ uploadId: z.string() }), attemptsMax: 10 },
  // What it finds makes estimates better, and nothing waits for it.
  measureMedia: { payload: z.strictObject({ mediaId: z.string() }), attemptsMax: 3 },
  // An event's number: JSON has no whole numbers of that size.
  renderNotification: { payload: z.strictObject({ eventId: z.string().regex(/^\d+$/) }), attemptsMax: 10 },
  // Sends what is due, and tries again by itself; what the queue repeats is only the looking.
  deliver: { payload: z.strictObject({ endpointId: z.string() }), attemptsMax: 1000 },
  // Cut off by the end of its worker it is tried again; how often counts the job itself.
  runTrial: { payload: z.strictObject({ trialId: z.string() }), attemptsMax: 10 },
  removeFiles: { payload: z.strictObject({ prefix: z.string() }), attemptsMax: 25 },
} as const satisfies Record<string, JobSpec>;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.output<(typeof JOBS)[Name]["payload"]>;
