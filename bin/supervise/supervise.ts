/** The frame of every command that keeps programs running: stops, in order, whatever it started, however it ends. */
import { endRunning } from "../setup/command.ts";
import { explain } from "../setup/refusal.ts";
import { startLeash } from "./leash.ts";
import { writeLine } from "./lines.ts";
import { runService, type Service, type ServiceSpec } from "./service.ts";
import { listenForStop } from "./stop-requests.ts";

export interface Supervision {
  /** Aborted when the user wants to stop. */
  signal: AbortSignal;
  /** Starts a program and keeps it running. What was started last is stopped first. */
  start: (spec: ServiceSpec) => Service;
  /** To do when all programs have stopped. */
  atTheEnd: (release: () => Promise<void>) => void;
}

/** Runs `setUp`, then waits until the user wants to stop; sets the exit code. */
export async function supervise(setUp: (supervision: Supervision) => Promise<void>): Promise<void> {
  // A log that nobody reads any more, after `npm start | head` or a closed terminal, is no reason to fall.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const services: Service[] = [];
  const releases: (() => Promise<void>)[] = [];
  const leash = startLeash();
  const stop = listenForStop(
    (signal) => {
      console.log("\nStopping. Again to stop at once.");
      endRunning(signal);
    },
    () => {
      endRunning("SIGKILL");
      for (const service of services) service.kill();
    },
  );
  try {
    await setUp({
      signal: stop.signal,
      start: (spec) => {
        stop.signal.throwIfAborted();
        const service = runService(spec, { leash, write: writeLine });
        services.push(service);
        return service;
      },
      atTheEnd: (release) => releases.push(release),
    });
    await stop.requested;
  } catch (error) {
    if (!stop.signal.aborted) explain(error);
    process.exitCode = 1;
  } finally {
    endRunning("SIGTERM");
    for (const service of services.toReversed()) await service.stop();
    leash.end();
    for (const release of releases) await release();
  }
  // Signal handlers and half-closed pipes of killed programs need not keep us.
  process.exit();
}
