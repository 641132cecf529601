/**
 * Takes jobs from the queue. Each class of jobs has a runner of its own, so that light jobs never wait for heavy ones; all
 * runners share a few database connections.
 */
import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import type { Logger } from "pino";
import { queueLogger, reasonOf } from "./log.ts";

const RESTART_PAUSE_MS = 1_000;

export interface JobClass {
  concurrency: number;
  /** By the job's name. */
  taskList: TaskList;
}

export class Queue {
  readonly #log: Logger;
  readonly #connections: pg.Pool;
  /** By the name under which each of them locks jobs. */
  readonly #runners = new Map<string, Runner>();
  #stopping = false;

  private constructor(databaseUrl: string, classCount: number, log: Logger) {
    this.#log = log;
    // Each runner listens on one of its own; taking and completing jobs is quickly done.
    this.#connections = new pg.Pool({ connectionString: databaseUrl, max: classCount + 4 });
    const onError = (error: Error) => log.warn({ reason: reasonOf(error) }, "The queue lost a connection");
    this.#connections.on("error", onError);
    this.#connections.on("connect", (client) => client.on("error", onError));
  }

  static async open(databaseUrl: string, classes: readonly JobClass[], log: Logger): Promise<Queue> {
    const queue = new Queue(databaseUrl, classes.length, log);
    for (const jobClass of classes) await queue.#startRunner(jobClass);
    return queue;
  }

  /** The names under which jobs are locked by this process. */
  lockNames(): string[] {
    return [...this.#runners.keys()];
  }

  /** Takes no further jobs, and waits for those in progress. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const runners = [...this.#runners.values()];
    // One that stops already says so by rejecting.
    await Promise.allSettled(runners.map((runner) => runner.stop().catch(() => runner.promise)));
    await this.#connections.end();
  }

  async #startRunner(jobClass: JobClass): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    let name = "";
    events.once("pool:create", ({ workerPool }) => {
      name = workerPool.id;
    });
    // A runner that cannot tell the queue that a job is done gives up, as when the database goes away in that moment. It
    // still brings the jobs it has to their end; meanwhile another takes its place.
    events.once("pool:gracefulShutdown", () => {
      if (!this.#stopping) this.#replaceRunner(jobClass);
    });
    const runner = await run({
      ...{ pgPool: this.#connections, events, taskList: jobClass.taskList, concurrency: jobClass.concurrency },
      ...{ noHandleSignals: true, logger: queueLogger(this.#log), parsedCronItems: [] },
      // Without the delays of 0 nobody waits for the last write of a job when a worker stops: the job stays locked.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
    this.#runners.set(name, runner);
    runner.promise
      .catch((error: unknown) => this.#log.warn({ reason: reasonOf(error) }, "A runner of the queue ended"))
      .finally(() => this.#runners.delete(name));
    if (this.#stopping) await runner.stop();
  }

  async #replaceRunner(jobClass: JobClass): Promise<void> {
    while (!this.#stopping) {
      try {
        return await this.#startRunner(jobClass);
      } catch (error) {
        this.#log.warn({ reason: reasonOf(error) }, "Could not start a runner of the queue");
        await pause(RESTART_PAUSE_MS);
      }
    }
  }
}
