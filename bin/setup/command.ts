/** Programs that a set-up step runs to their end. */
import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";

const running = new Set<ChildProcess>();
const OUTPUT_KEPT_CHARS = 200_000;

export interface Finished {
  /** As a shell counts: 128 and the signal's number for a program that a signal ended, 127 for one that is not there. */
  code: number;
  stdout: string;
  /** Standard output and standard error in the order they came. */
  output: string;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  cwd?: string;
  /** Shows the output while it comes, for work that takes long and says something. */
  show?: boolean;
}

export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { show = false, ...spawnOptions } = options;
  const child = spawn(program, args, { ...spawnOptions, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const finished = { stdout: "", output: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    finished.stdout = (finished.stdout + chunk).slice(-OUTPUT_KEPT_CHARS);
    collect(chunk);
  });
  child.stderr.on("data", collect);
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? resolve(127) : reject(error)));
    child.on("close", (exitCode, signal) => resolve(exitCodeOf(exitCode, signal)));
  });
  running.delete(child);
  return { code, ...finished };

  function collect(chunk: Buffer): void {
    finished.output = (finished.output + chunk).slice(-OUTPUT_KEPT_CHARS);
    if (show) process.stdout.write(chunk);
  }
}

/** Like `run`, for programs that are expected to succeed. */
export async function runOrThrow(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const finished = await run(program, args, options);
  if (finished.code === 0) return finished;
  throw new Error(`${program} ${args.join(" ")} ended with code ${finished.code}:\n${finished.output.trim()}`);
}

export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** For the user who stops us in the middle of the set-up. */
export function endRunning(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}
