/** A worker process: takes runs and lighter jobs from the queue until it is asked to stop. */
import { setTimeout as pause } from "node:timers/promises";
import type { JobHelpers } from "graphile-worker";
import type { Logger } from "pino";
import type { z } from "zod";
import { newId } from "#domain/id.ts";
import { connect } from "#server/db/client.ts";
import { type Env, env } from "#server/env.ts";
import { EndpointSecrets } from "#server/events/endpoint-secrets.ts";
import { sweepDeliveries } from "#server/events/sweep-deliveries.ts";
import { FileLinks } from "#server/files/file-links.ts";
import { JOBS } from "#server/jobs/catalog.ts";
import { refuseGivenUp } from "#server/media/refuse-given-up.ts";
import { sweepExpired } from "#server/media/sweep-expired.ts";
import { UploadFiles } from "#server/media/upload-files.ts";
import { openStore } from "#server/storage/open-store.ts";
import { sweepRuns } from "#server/tasks/sweep-runs.ts";
import { sweepTrials } from "#server/trials/sweep-trials.ts";
import { Cancellations } from "./cancellations.ts";
import type { WorkerContext } from "./context.ts";
import { beat, sayGoodbye } from "./heartbeat.ts";
import { deliver } from "./jobs/deliver.ts";
import { ingest } from "./jobs/ingest-upload.ts";
import { makeSample } from "./jobs/make-sample.ts";
import { measureMedia } from "./jobs/measure-media.ts";
import { pullMedia } from "./jobs/pull-media.ts";
import { render } from "./jobs/render-notification.ts";
import { carryOutRun } from "./jobs/run.ts";
import { runTrial } from "./jobs/run-trial.ts";
import { openLog, reasonOf } from "./log.ts";
import { untilAnswering } from "./persist.ts";
import { type JobClass, Queue } from "./queue.ts";
import { breakStaleLocks, renewLocks } from "./queue-locks.ts";
import { warmUp } from "./run/ffmpeg.ts";
import { readFfmpegVersion } from "./run/ffmpeg-version.ts";
import { Scratch } from "./run/workspace.ts";

const HEARTBEAT_MS = 3_000;
const SWEEP_MS = 3_000;
const LIGHT_JOBS = 2;
/** These wait for the network, and hardly need a processor. */
const PULLS = 4;
const RENDERINGS = 2;
/** Endpoints that are sent to at the same time; most of sending is waiting. */
const RECEIVERS = 16;

export interface RunningWorker {
  id: string;
  /** Gives back what runs, and ends when nothing of this worker is left. */
  stop: () => Promise<void>;
}

export async function startWorker(settings: Env, log: Logger = openLog(settings)): Promise<RunningWorker> {
  await warmUp();
  const ffmpegVersion = await readFfmpegVersion();
  const id = newId();
  const stopping = new AbortController();
  const db = connect(settings.DATABASE_URL);
  const scratch = await Scratch.open(settings.DATA_DIR, id);
  const { WORKER_CONCURRENCY: concurrency } = settings;
  const cancellations = new Cancellations(settings.DATABASE_URL, (error) =>
    log.warn({ reason: reasonOf(error) }, "Cannot hear of cancelled runs at once"),
  );
  const worker: WorkerContext = {
    ...{ workerId: id, db, store: openStore(settings), secretKey: settings.SECRET_KEY, scratch, cancellations, log },
    rendering: { db, links: new FileLinks(settings.SECRET_KEY), env: settings },
    sending: { secrets: new EndpointSecrets(settings.SECRET_KEY), allow: settings.OUTBOUND_ALLOW },
    pulling: {
      files: new UploadFiles(settings),
      allow: settings.OUTBOUND_ALLOW,
      bytesMax: settings.PULL_BYTES_MAX,
    },
    stopping: stopping.signal,
  };
  const queue = await Queue.open(settings.DATABASE_URL, jobClasses(worker, concurrency), log);
  const routine = new AbortController();
  const routines = [
    // Apart from what asks the database: one that hangs must not make the others take our files for abandoned.
    repeat("touch", HEARTBEAT_MS, routine.signal, log, () => scratch.touch()),
    repeat("beat", HEARTBEAT_MS, routine.signal, log, async () => {
      await beat(db, { id, concurrency, ffmpegVersion });
      await renewLocks(db, queue.lockNames());
    }),
    repeat("sweep", SWEEP_MS, routine.signal, log, async () => {
      await breakStaleLocks(db);
      const swept = await sweepRuns(db);
      if (swept.lost + swept.requeued + swept.admitted > 0) log.info(swept, "Swept");
      const refused = await refuseGivenUp(db);
      if (refused > 0) log.warn({ refused }, "Refused uploads that no worker came to the end of");
      const outdated = await sweepExpired(db);
      if (outdated > 0) log.info({ outdated }, "Deleted media whose time had come");
      const expired = await sweepDeliveries(db);
      if (expired > 0) log.info({ expired }, "Gave up deliveries that waited too long");
      await sweepTrials(db);
      const abandoned = await scratch.removeAbandoned();
      if (abandoned.length > 0) log.info({ abandoned }, "Removed the scratch folders of dead workers");
    }),
  ];
  log.info({ workerId: id, concurrency, ffmpegVersion }, "Worker started");

  return {
    id,
    stop: async () => {
      const drained = queue.stop();
      stopping.abort();
      await drained;
      routine.abort();
      await Promise.all(routines);
      await sayGoodbye(db, id).catch((error: unknown) =>
        log.warn({ reason: reasonOf(error) }, "Could not say that this worker stops"),
      );
      await cancellations.close();
      await scratch.close();
      await db.$disconnect();
      log.info({ workerId: id }, "Worker stopped");
    },
  };
}

function jobClasses(worker: WorkerContext, concurrency: number): JobClass[] {
  const { store } = worker;
  return [
    { concurrency, taskList: { run: job(worker, JOBS.run, ({ runId }) => carryOutRun(worker, runId)) } },
    // Each by itself: whoever tries something waits for it, and neither keeps an upload waiting.
    {
      concurrency: 1,
      taskList: {
        runTrial: job(worker, JOBS.runTrial, (payload, attempt) => runTrial(worker, { ...payload, attempt })),
      },
    },
    {
      concurrency: 1,
      taskList: { measureMedia: job(worker, JOBS.measureMedia, ({ mediaId }) => measureMedia(worker, mediaId)) },
    },
    {
      concurrency: LIGHT_JOBS,
      taskList: {
        ingestUpload: job(worker, JOBS.ingestUpload, (payload, attempt) => ingest(worker, { ...payload, attempt })),
        makeSample: job(worker, JOBS.makeSample, (payload, attempt) => makeSample(worker, { ...payload, attempt })),
        removeFiles: job(worker, JOBS.removeFiles, ({ prefix }) => store.remove(prefix)),
      },
    },
    {
      concurrency: PULLS,
      taskList: { pullMedia: job(worker, JOBS.pullMedia, ({ uploadId }) => pullMedia(worker, uploadId)) },
    },
    {
      concurrency: RENDERINGS,
      taskList: {
        renderNotification: job(worker, JOBS.renderNotification, (payload, attempt) =>
          render(worker, { ...payload, attempt }),
        ),
      },
    },
    {
      concurrency: RECEIVERS,
      taskList: { deliver: job(worker, JOBS.deliver, ({ endpointId }) => deliver(worker, endpointId)) },
    },
  ];
}

/** What the queue calls for one job. */
function job<Payload>(
  { db, stopping }: WorkerContext,
  { payload: schema }: { payload: z.ZodType<Payload> },
  work: (payload: Payload, attempt: number) => Promise<void>,
) {
  return async (payload: unknown, helpers: JobHelpers): Promise<void> => {
    // Taken in the very moment we were asked to stop: another's, then.
    stopping.throwIfAborted();
    try {
      await work(schema.parse(payload), helpers.job.attempts);
    } catch (error) {
      // The runner gives up when it cannot tell the queue of a failure.
      await untilAnswering(db, stopping);
      throw error;
    }
  };
}

/** Again and again until `signal` aborts. What goes wrong once may go right next time. */
async function repeat(
  what: string,
  everyMs: number,
  signal: AbortSignal,
  log: Logger,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => log.warn({ reason: reasonOf(error), what }, "A routine failed"));
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Longer than an orderly stop takes, shorter than the patience of a supervisor. */
const STOP_MS_MAX = 8_000;

async function main(): Promise<void> {
  const settings = env();
  const log = openLog(settings);
  const die = (error: unknown) => {
    log.fatal({ err: error }, "A bug ends this worker");
    process.exit(1);
  };
  process.on("uncaughtException", die);
  process.on("unhandledRejection", die);
  const starting = startWorker(settings, log);
  let asked = false;
  const stop = async () => {
    // Whoever asks again does not want to wait.
    if (asked) process.exit(1);
    asked = true;
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    const worker = await starting;
    await worker.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  await starting.catch(die);
}

if (import.meta.main) await main();
