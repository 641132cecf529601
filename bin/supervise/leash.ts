/**
 * Nothing that was started outlives its supervisor, not even when that is killed outright: a small shell process waits at
 * a pipe that the system closes with the supervisor, whatever way it ends. Unlike Linux's parent-death signal this works
 * on every Unix and for programs that are not ours, such as the database.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Leash {
  hold: (processId: number, stopSignal: NodeJS.Signals) => void;
  letGo: (processId: number) => void;
  end: () => void;
}

const SCRIPT = fileURLToPath(new URL("leash.sh", import.meta.url));

export function startLeash(): Leash {
  const shell = spawn("/bin/sh", [SCRIPT], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // Without it everything still runs; only an outright kill of the supervisor would leave its processes to the next start.
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  shell.unref();
  return {
    hold: (processId, stopSignal) => shell.stdin.write(`hold ${processId} ${stopSignal.replace("SIG", "")}\n`),
    letGo: (processId) => shell.stdin.write(`let-go ${processId}\n`),
    end: () => shell.stdin.end(),
  };
}
