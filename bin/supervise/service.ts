/** One long-running program that is started again when it dies, with growing pauses, until it is told to stop. */
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { exitCodeOf } from "../setup/command.ts";
import type { Launch } from "../setup/postgres-user.ts";
import { Refusal } from "../setup/refusal.ts";
import type { Leash } from "./leash.ts";
import { forwardLines, type WriteLine } from "./lines.ts";

export interface ServiceSpec {
  name: string;
  launch: Launch;
  /** To do before each start. */
  prepare?: () => Promise<void>;
  stopSignal: NodeJS.Signals;
  /** How long it may take to stop before it is killed. */
  stopMs: number;
  /** Starts that may fail one after another before it has been ready once; then `failed` says so. */
  firstStarts: number;
}

export interface Surroundings {
  leash: Leash;
  write: WriteLine;
}

export interface Service {
  /** Resolves when the service has failed for good without ever having been ready. */
  failed: Promise<Error>;
  /** From now on it is restarted whatever happens. */
  markReady: () => void;
  stop: () => Promise<void>;
  kill: () => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A process that lived this long had started well: the next pause is a short one again. */
const HEALTHY_MS = 30_000;

/** The pause before the next start, after so many quick deaths in a row. */
export function pauseMs(deaths: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (deaths - 1));
}

export function runService(spec: ServiceSpec, { leash, write }: Surroundings): Service {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let ready = false;
  const failure = Promise.withResolvers<Error>();
  const ended = keepRunning();
  // Whoever awaits `stop` hears of it too; without this line nobody might, and the process would end.
  ended.catch((error: unknown) => failure.resolve(error instanceof Error ? error : new Error(String(error))));

  return {
    failed: failure.promise,
    markReady: () => {
      ready = true;
    },
    stop: async () => {
      stopping.abort();
      child?.kill(spec.stopSignal);
      const impatient = setTimeout(() => killGroup(child), spec.stopMs);
      await ended.catch(() => undefined);
      clearTimeout(impatient);
    },
    kill: () => {
      stopping.abort();
      killGroup(child);
    },
  };

  async function keepRunning(): Promise<void> {
    for (let deaths = 0; !stopping.signal.aborted; ) {
      const startedAt = Date.now();
      const end = await prepareAndRun();
      if (stopping.signal.aborted) return;
      deaths = Date.now() - startedAt > HEALTHY_MS ? 1 : deaths + 1;
      if (!ready && deaths >= spec.firstStarts) {
        failure.resolve(
          new Refusal(
            `${spec.name} could not be started: it ended ${deaths} times, last ${end}. Its own words stand above.`,
          ),
        );
        return;
      }
      write(spec.name, `ended ${end}, starting again in ${pauseMs(deaths) / 1_000} s`);
      await delay(pauseMs(deaths), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  /** Answers how it ended. What cannot even be started the first time never will be; later the system may be short of something. */
  async function prepareAndRun(): Promise<string> {
    try {
      await spec.prepare?.();
      return `with code ${await runOnce()}`;
    } catch (error) {
      if (!ready) throw error;
      return `before it began (${error instanceof Error ? error.message : error})`;
    }
  }

  async function runOnce(): Promise<number> {
    const { command, args, ...options } = spec.launch;
    // A group of its own: Ctrl-C reaches only the supervisor, which stops its services in order.
    const started = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    if (started.pid !== undefined) leash.hold(started.pid, spec.stopSignal);
    forwardLines(started.stdout, (line) => write(spec.name, line));
    forwardLines(started.stderr, (line) => write(spec.name, line));
    const code = await new Promise<number>((resolve, reject) => {
      started.on("error", reject);
      started.on("exit", (exitCode, signal) => resolve(exitCodeOf(exitCode, signal)));
    });
    // What it started itself and left behind.
    killGroup(started);
    if (started.pid !== undefined) leash.letGo(started.pid);
    return code;
  }
}

function killGroup(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody of the group is left.
  }
}
